"""Signing in as a colleague."""

from flask import Blueprint, Response

from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import page

bp = Blueprint("team", __name__)


@bp.get("/staff/sign-in")
@everyone
def sign_in() -> Response:
    """E-mail address, password and the device's code."""
    return page("team/sign_in.html")
