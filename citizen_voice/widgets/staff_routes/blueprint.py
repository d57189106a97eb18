"""The blueprint, who may do what, and pages that hold frames of ours."""

from flask import Blueprint, Response

from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.web.headers import CONTENT_SECURITY_POLICY

bp = Blueprint("widgets_staff", __name__, url_prefix="/staff/widgets")

MAKERS = (MODERATOR, ADMINISTRATOR)
"""Who makes widgets. What all sites may show without one is for administrators."""


def with_frames(response: Response) -> Response:
    """A page that shows frames of this site, as no other page does."""
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response
