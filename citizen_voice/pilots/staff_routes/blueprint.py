"""The blueprint of pilots' staff screens."""

from flask import Blueprint

bp = Blueprint("pilots_staff", __name__, url_prefix="/staff/pilots")
