"""*Today*: what waits for who is signed in."""

from flask import Blueprint, Response

from citizen_voice.web.access import ANY_ROLE, role
from citizen_voice.web.htmx import page

bp = Blueprint("staff", __name__)


@bp.get("/staff")
@role(ANY_ROLE)
def today() -> Response:
    """What waits, with counts."""
    return page("staff/today.html")
