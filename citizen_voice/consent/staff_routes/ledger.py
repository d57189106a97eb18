"""The ledger of consents, for the officer: figures, entries by pseudonym, and whether it holds."""

from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.consent import queries, services, wording
from citizen_voice.consent.models import STATES
from citizen_voice.consent.queries.ledger import PER_PAGE
from citizen_voice.consent.staff_routes.blueprint import bp
from citizen_voice.db import AnyRow, write
from citizen_voice.journal import services as journal
from citizen_voice.journal.chains import Broken
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web import pagination
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import page

HEADER = (
    "number",
    "at",
    "subject",
    "purpose",
    "notice_version",
    "notice_hash",
    "state",
    "control",
    "screen",
    "language",
    "personal_hash",
    "previous_hash",
    "hash",
)


@bp.get("/staff/privacy/consents")
@role(PRIVACY_OFFICER)
def ledger() -> Response:
    """How many people stand where, and the newest entries."""
    return _page()


@bp.post("/staff/privacy/consents/verify")
@role(PRIVACY_OFFICER)
def verify_ledger() -> Response:
    """Read the whole ledger, and say whether it holds."""
    found = services.verify()
    broken = found if isinstance(found, Broken) else None
    return _page(asked=True, broken=broken, count=None if broken else found)


@bp.post("/staff/privacy/consents/file")
@role(PRIVACY_OFFICER)
@require_confirmed
def ledger_file() -> Response:
    """The whole ledger as a file; that somebody took it stands in the journal."""
    with write():
        journal.append("consents.exported", actor=current_user.id, subject="consents")
    name = f"consents-{clock.today().isoformat()}.csv"
    return csv_sent(name, HEADER, (_cells(row) for row in queries.every_entry()))


def _page(**verified: Any) -> Response:
    after = request.args.get("after")
    below = pagination.decode(after, 1)[0] if after else None
    if below is not None and not 0 <= below < 2**63:
        raise pagination.BadCursor
    found = queries.page_of_ledger(below)
    shown = found[:PER_PAGE]
    next_url = None
    if len(found) > PER_PAGE:
        place = pagination.encode(shown[-1].number)
        next_url = url_for("consent_staff.ledger", after=place)
    return page(
        "consent/ledger.html",
        figures=[(wording.asked(key).title, each) for key, each in queries.figures().items()],
        states=[(state, wording.STATES[state]) for state in STATES],
        entries=[
            (row, wording.asked(row.purpose).title, wording.STATES[row.state], _how(row))
            for row in shown
        ],
        next_url=next_url,
        first=after is None,
        **verified,
    )


def _how(row: AnyRow) -> list[Any]:
    """How an entry came to be: where, with what, in which language."""
    return [
        wording.SCREENS[row.screen],
        wording.CONTROLS[row.control],
        wording.LANGUAGES[row.language],
    ]


def _cells(row: AnyRow) -> list[object]:
    return [row.at.isoformat() if name == "at" else getattr(row, name) for name in HEADER]
