"""Signing in as a colleague, invitations, and a colleague's own sign-in."""

from flask import Blueprint

bp = Blueprint("team", __name__)

from citizen_voice.team.routes import invitation, own, signing_in  # noqa: E402, F401  # need bp
