"""People and roles: for administrators."""

from flask import Blueprint

bp = Blueprint("team_staff", __name__)

from citizen_voice.team.staff_routes import colleague, people  # noqa: E402, F401  # need bp
