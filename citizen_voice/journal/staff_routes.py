"""The journal, for administrators: who did what, and whether it all still holds."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Refusal
from citizen_voice.journal import queries, services
from citizen_voice.journal.queries import PER_PAGE, Filters
from citizen_voice.journal.services import Broken
from citizen_voice.team.acting import Acting, acting
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web import pagination
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import page
from citizen_voice.words import _, gettext

bp = Blueprint("journal_staff", __name__)

_IDEA = re.compile(r"idea (CV-[0-9]+)")

NAMES = ("act", "who", "subject", "from", "to")


class BadFilter(Refusal):
    """An address narrows the journal to something that cannot be."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That part of the journal is not there. Start from the top."))


@bp.get("/staff/journal")
@role(ADMINISTRATOR)
def index() -> Response:
    """The newest entries that fit, and where to go on."""
    filters = _filters(request.args)
    given: dict[str, Any] = {name: request.args[name] for name in NAMES if request.args.get(name)}
    after = request.args.get("after")
    below = pagination.decode(after, 1)[0] if after else None
    if below is not None and not 0 <= below < 2**63:
        raise pagination.BadCursor
    found = queries.entries(filters, below=below)
    shown = found[:PER_PAGE]
    people = acting(
        {row.actor for row in shown if row.actor} | {key for row in shown if (key := _whom(row))}
    )
    next_url = None
    if len(found) > PER_PAGE:
        place = pagination.encode(shown[-1].number)
        next_url = url_for("journal_staff.index", **given, after=place)
    return page(
        "journal/index.html",
        entries=[(row, _name(row.actor, people), _about(row, people)) for row in shown],
        colleagues=[each for each in people.values() if each.colleague],
        acts=queries.acts(),
        given=given,
        next_url=next_url,
        first=after is None,
    )


@bp.post("/staff/journal/export")
@role(ADMINISTRATOR)
@require_confirmed
def export() -> Response:
    """The entries that fit as a file; that somebody took it stands in the journal, too."""
    filters = _filters(request.form)
    with write():
        services.append("journal exported", actor=current_user.id, subject="journal")
    people = acting(())
    return csv_sent(
        f"journal-{clock.today().isoformat()}.csv",
        ("number", "at", "act", "who", "key", "subject", "detail_hash", "hash"),
        (
            (
                row.number,
                row.at.isoformat(),
                row.act,
                _name(row.actor, people),
                row.actor or "",
                row.subject,
                row.detail_hash,
                row.hash,
            )
            for row in queries.every_entry(filters)
        ),
    )


@bp.route("/staff/journal/verify", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def verify() -> Response:
    """Read the whole chain, and say whether it holds."""
    found = services.verify() if request.method == "POST" else None
    broken = found if isinstance(found, Broken) else None
    return page("journal/verify.html", asked=found is not None, broken=broken, count=found)


def _filters(said: MultiDict[str, str]) -> Filters:
    """What an address or a form narrows the journal to; raises ``BadFilter``."""
    since, until = _day(said.get("from")), _day(said.get("to"))
    subject = (said.get("subject") or "").strip()
    if "\0" in subject + (said.get("act") or ""):
        raise BadFilter
    return Filters(
        act=said.get("act") or None,
        actor=_key(said.get("who")),
        subject=subject[:80] or None,
        since=None if since is None else _moment(since, end=False),
        until=None if until is None else _moment(until, end=True),
    )


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadFilter from None


def _moment(day: date, *, end: bool) -> datetime:
    if not 1970 <= day.year <= 9000:
        raise BadFilter
    return clock.end_of(day) if end else clock.start_of(day)


def _key(text: str | None) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise BadFilter from None


def _name(key: UUID | None, people: dict[UUID, Acting]) -> str:
    """Who acted, as the page says it."""
    if key is None:
        return gettext("The site itself")
    who = people.get(key)
    if who is not None and who.colleague:
        return who.name or gettext("A colleague without a name")
    return gettext("A resident")


def _whom(row: AnyRow) -> UUID | None:
    """The key of the person whom an entry is about, where it is about one."""
    kind, _space, key = row.subject.partition(" ")
    try:
        return UUID(key) if kind == "person" else None
    except ValueError:
        return None


def _about(row: AnyRow, people: dict[UUID, Acting]) -> dict[str, str]:
    """What an entry is about: its words, and an address where there is something to open."""
    key = _whom(row)
    if key is not None:
        return {"words": _name(key, people), "key": row.subject}
    found = _IDEA.fullmatch(row.subject)
    if found is not None:
        return {"words": row.subject, "url": url_for("ideas.detail", ref=found[1])}
    return {"words": row.subject}
