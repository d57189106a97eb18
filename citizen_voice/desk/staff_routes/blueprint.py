"""The blueprint of the officer's desk."""

from flask import Blueprint

bp = Blueprint("desk_staff", __name__, url_prefix="/staff/privacy/requests")
