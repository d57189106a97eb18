"""*Today*: what waits for who is signed in."""

from typing import Any

from flask import Blueprint, Response, current_app, g
from flask_login import current_user

from citizen_voice.staff.today import Today
from citizen_voice.web.access import ANY_ROLE, role
from citizen_voice.web.htmx import page
from citizen_voice.web.templates import url_for

bp = Blueprint("staff", __name__)


@bp.get("/staff")
@role(ANY_ROLE)
def today() -> Response:
    """What waits, with counts."""
    waiting = Today(current_user.id, current_user.roles)
    if g.site.welsh_on:
        waiting.look_for_welsh()
    waiting.look_at_notices(g.site.council_en)
    return page("staff/today.html", today=waiting, link=link)


def link(endpoint: str, **values: Any) -> str | None:
    """The address of a screen; ``None`` where there is none such."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
