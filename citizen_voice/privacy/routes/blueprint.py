"""Where the addresses of this feature hang."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
