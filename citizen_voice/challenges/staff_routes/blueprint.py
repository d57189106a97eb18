"""The blueprint of challenges' staff screens."""

from flask import Blueprint

bp = Blueprint("challenges_staff", __name__, url_prefix="/staff/challenges")
