"""The open API: what everybody may see, as JSON."""

from flask import Blueprint

bp = Blueprint("api", __name__)
