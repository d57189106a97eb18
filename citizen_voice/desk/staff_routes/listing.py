"""The officer's list: what is due, and by when."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request

from citizen_voice import clock
from citizen_voice.bank_holidays import NATIONS
from citizen_voice.desk import queries
from citizen_voice.desk.models import CHANNELS, RIGHTS
from citizen_voice.desk.names import CHANNEL_NAMES, SHORT_NAMES
from citizen_voice.desk.queries.listed import DUE_SOON, LATE, STOPPED, Narrowed
from citizen_voice.desk.shown import Shown, reference
from citizen_voice.desk.staff_routes.blueprint import bp
from citizen_voice.errors import Refusal
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

MOST_PAGES = 10_000
WHEN: dict[str, Any] = {
    LATE: _("Late"),
    DUE_SOON: _("Due within a week"),
    STOPPED: _("Clock stopped"),
}
HEADER = (
    "number",
    "right",
    "channel",
    "received",
    "identity",
    "extended",
    "due",
    "target",
    "outcome",
    "closed",
    "acknowledged",
)


class BadFilter(Refusal):
    """An address asks for a list that there is not."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That part of the list is not there any more. Start from the top."))


@bp.get("")
@role(PRIVACY_OFFICER)
def index() -> Response:
    """Open requests, the most urgent first; ``?tab=closed`` the others; filters narrow both."""
    closed = request.args.get("tab") == "closed"
    narrowed = Narrowed(
        kind=_one_of(RIGHTS, "kind"),
        channel=_one_of(CHANNELS, "channel"),
        when=None if closed else _one_of(tuple(WHEN), "when"),
    )
    number = _number(request.args.get("page") or "1")
    today = clock.today()
    found, more = queries.listed(narrowed, closed=closed, today=today, page=number)
    chosen = narrowed.chosen()
    here = {**chosen, **({"tab": "closed"} if closed else {})}
    holidays = queries.holidays()
    return page(
        "desk/staff/index.html",
        requests=[Shown(row) for row in found],
        counts=queries.counts(today, clock.now()),
        closed=closed,
        chosen=chosen,
        choices=_choices(closed=closed),
        number=number,
        next_url=url_for("desk_staff.index", **here, page=number + 1) if more else None,
        first_url=url_for("desk_staff.index", **here),
        runs_out=queries.runs_out(today, holidays),
        nation=NATIONS[holidays.nation],
    )


@bp.get("/all.csv")
@role(PRIVACY_OFFICER)
def whole() -> Response:
    """Every request as a file: what was asked and how it ended, and nothing that names somebody."""
    return csv_sent(f"requests-{clock.today().isoformat()}.csv", HEADER, _lines())


def _lines() -> Iterator[tuple[object, ...]]:
    for row in queries.every_request():
        yield (
            reference(row.id),
            row.kind,
            row.channel,
            row.received_on.isoformat(),
            row.identity,
            _day(row.extended_on),
            _day(row.due_on),
            _day(row.target_on),
            row.outcome or "",
            "" if row.closed_at is None else row.closed_at.isoformat(timespec="seconds"),
            _day(row.acknowledged_on),
        )


def _day(day: Any) -> str:
    return "" if day is None else str(day.isoformat())


def _choices(*, closed: bool) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    found = [
        ("kind", _("Right"), list(SHORT_NAMES.items())),
        ("channel", _("How it came"), list(CHANNEL_NAMES.items())),
    ]
    return found if closed else [*found, ("when", _("When"), list(WHEN.items()))]


def _one_of(values: tuple[str, ...], name: str) -> str | None:
    text = request.args.get(name) or None
    if text is not None and text not in values:
        raise BadFilter
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MOST_PAGES):
        raise BadFilter
    return int(text[:9])
