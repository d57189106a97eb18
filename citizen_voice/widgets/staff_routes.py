"""Widgets, as staff make them."""

from flask import Blueprint

bp = Blueprint("widgets_staff", __name__, url_prefix="/staff/widgets")
