"""Whether support across opinion groups is worked out."""

from datetime import date

from flask import Response, g
from flask_login import current_user

from citizen_voice.board import services
from citizen_voice.board.staff_routes.blueprint import bp
from citizen_voice.db import write
from citizen_voice.team.models import ADMINISTRATOR, PRIVACY_OFFICER
from citizen_voice.web.access import has_role, role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for


@bp.get("/staff/top/groups")
@role(ADMINISTRATOR)
def groups() -> Response:
    """What it is, and who signed its assessment."""
    day, _space, name = g.site.groups_dpia.partition(" ")
    return page(
        "board/groups.html",
        signed_by=name,
        signed_on=date.fromisoformat(day) if day else None,
        officer=has_role(current_user, PRIVACY_OFFICER),
    )


@bp.post("/staff/top/groups")
@role(ADMINISTRATOR)
def switch_groups_on() -> Response:
    """Switch it on, once its assessment is signed."""
    with write():
        services.switch_groups_on(actor=current_user.id)
    return go(url_for("board.groups", done="groups-on"))


@bp.post("/staff/top/groups/off")
@role(ADMINISTRATOR)
def switch_groups_off() -> Response:
    """Switch it off."""
    with write():
        services.switch_groups_off(actor=current_user.id)
    return go(url_for("board.groups", done="groups-off"))
