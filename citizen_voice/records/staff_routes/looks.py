"""Who looked: every look at an address, and every download of what is about people."""

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.journal import services as journal
from citizen_voice.records import looks as found
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.team.acting import Acting, acting
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web import pagination
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.days import parsed
from citizen_voice.web.htmx import page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _, gettext

NAMES = ("act", "who", "from", "to")
HEADER = (_("Number"), _("When"), _("Who"), _("What"), _("About"))


@bp.get("/staff/privacy/looks")
@role(PRIVACY_OFFICER)
def looks() -> Response:
    """The newest that fit, and where to go on. What can't be in a filter is as if left out."""
    given = {name: request.args[name] for name in NAMES if request.args.get(name)}
    after = request.args.get("after")
    below = pagination.decode(after, 1)[0] if after else None
    rows = found.page_of(**_narrowed(request.args), below=below)
    shown = rows[: found.PER_PAGE]
    people = acting(())
    further = None
    if len(rows) > found.PER_PAGE:
        place = pagination.encode(shown[-1].number)
        further = url_for("records_staff.looks", **given, after=place)
    return page(
        "records/looks.html",
        looks=[(row, found.LOOKS[row.act], _name(row.actor, people)) for row in shown],
        acts=found.LOOKS,
        colleagues=[each for each in people.values() if each.colleague],
        given=given,
        further=further,
        first=after is None,
    )


@bp.post("/staff/privacy/looks/export")
@role(PRIVACY_OFFICER)
@require_confirmed
def export_looks() -> Response:
    """Those that fit as a table; that somebody took it is a look, too."""
    with write():
        journal.append("looks exported", actor=current_user.id, subject="who looked")
    people = acting(())
    return csv_sent(
        f"who-looked-{clock.today().isoformat()}.csv",
        [str(words) for words in HEADER],
        (
            (
                row.number,
                row.at.isoformat(),
                _name(row.actor, people),
                str(found.LOOKS[row.act]),
                row.subject,
            )
            for row in found.every(**_narrowed(request.form))
        ),
    )


def _narrowed(given: MultiDict[str, str]) -> dict[str, Any]:
    since, until = (parsed(given.get(name, "")) for name in ("from", "to"))
    return {
        "act": given.get("act", ""),
        "actor": _key(given.get("who", "")),
        "since": since and clock.start_of(since),
        "until": until and clock.end_of(until),
    }


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _name(actor: UUID | None, people: dict[UUID, Acting]) -> str:
    if actor is None:
        return gettext("The command line")
    known = people.get(actor)
    return (known and known.name) or gettext("Somebody who is not here any more")
