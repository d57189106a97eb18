"""Pieces of the site inside the council's other pages."""

from flask import Blueprint

bp = Blueprint("widgets", __name__)
