"""Atom feeds: what is new, for readers of feeds and for other programs."""

from flask import Blueprint

bp = Blueprint("feeds", __name__)
