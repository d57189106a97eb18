"""Asking about one’s data, and complaining."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
