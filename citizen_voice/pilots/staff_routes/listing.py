"""The list of pilots."""

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_login import current_user

from citizen_voice.errors import Refusal
from citizen_voice.pilots.models import STAGES
from citizen_voice.pilots.names import STAGE_NAMES, STATE_NAMES
from citizen_voice.pilots.policies import CONFIRMERS, STARTERS
from citizen_voice.pilots.queries import desk
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.shown import Trial
from citizen_voice.web.access import has_role, role
from citizen_voice.web.htmx import page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

MOST_PAGES = 10_000


class BadFilter(Refusal):
    """An address asks for a list that there is not."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That part of the list is not there any more. Start from the top."))


@bp.get("")
@role(*CONFIRMERS)
def index() -> Response:
    """Those that go on, mine first; ``?stage=`` and ``?owner=`` narrow the list."""
    stage = request.args.get("stage") or None
    owner = _owner(request.args.get("owner") or None)
    number = _number(request.args.get("page") or "1")
    if stage is not None and stage not in STAGES:
        raise BadFilter
    found, more = desk.listed(current_user.id, stage=stage, owner=owner, page=number)
    chosen = {
        name: value for name, value in (("stage", stage), ("owner", owner)) if value is not None
    }
    return page(
        "pilots/staff/index.html",
        trials=[Trial(row) for row in found],
        owners=desk.owners(),
        owner="" if owner is None else str(owner),
        tabs=_tabs(stage, owner),
        chosen=chosen,
        states=STATE_NAMES,
        may_start=has_role(current_user, *STARTERS),
        number=number,
        next_url=url_for("pilots_staff.index", page=number + 1, **chosen) if more else None,
    )


def _tabs(stage: str | None, owner: UUID | str | None) -> list[tuple[str, str, bool]]:
    kept: dict[str, Any] = {} if owner is None else {"owner": owner}
    tabs = [(str(_("Going on")), url_for("pilots_staff.index", **kept), stage is None)]
    tabs += [
        (str(words), url_for("pilots_staff.index", stage=key, **kept), key == stage)
        for key, words in STAGE_NAMES.items()
    ]
    return tabs


def _owner(text: str | None) -> UUID | str | None:
    if text is None or text == desk.NOBODY:
        return text
    try:
        return UUID(text)
    except ValueError:
        raise BadFilter from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MOST_PAGES):
        raise BadFilter
    return int(text[:9])
