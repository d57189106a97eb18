"""The blueprint of the screens about replies."""

from flask import Blueprint

bp = Blueprint("replies_staff", __name__)
