"""Whether support across opinion groups is worked out."""

from datetime import date

from flask import Response, g
from flask_login import current_user

from citizen_voice.board import services
from citizen_voice.board.forms import GroupsForm
from citizen_voice.board.staff_routes.blueprint import bp
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for


@bp.get("/staff/top/groups")
@role(ADMINISTRATOR)
def groups() -> Response:
    """What it is, and who signed its assessment."""
    return _shown(GroupsForm())


@bp.post("/staff/top/groups")
@role(ADMINISTRATOR)
def switch_groups_on() -> Response:
    """Switch it on; who signed is named."""
    form = GroupsForm()
    if form.validate_on_submit():
        try:
            with write():
                services.switch_groups_on(
                    form.signed_by.data or "", form.day, actor=current_user.id
                )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return go(url_for("board.groups", done="groups-on"))
    return _shown(form)


@bp.post("/staff/top/groups/off")
@role(ADMINISTRATOR)
def switch_groups_off() -> Response:
    """Switch it off."""
    with write():
        services.switch_groups_off(actor=current_user.id)
    return go(url_for("board.groups", done="groups-off"))


def _shown(form: GroupsForm) -> Response:
    day, _space, name = g.site.groups_dpia.partition(" ")
    signed_on = date.fromisoformat(day) if day else None
    return page("board/groups.html", form=form, signed_by=name, signed_on=signed_on)
