"""Which acts of colleagues are looks at, or exports of, what is about people.

Each of them is an entry of the journal. A test holds this list against the routes that show an
address or send a file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import AnyRow, rows
from citizen_voice.journal.models import JournalEntry as Entry
from citizen_voice.words import _

PER_PAGE = 50
CHUNK = 500

LOOKS: dict[str, Any] = {
    "address shown": _("Looked at an e-mail address"),
    "journal exported": _("Downloaded the journal"),
    "consents.exported": _("Downloaded the ledger of consents"),
    "looks exported": _("Downloaded the list of who looked"),
}
"""The acts, with their words."""

_entries = select(Entry.number, Entry.at, Entry.act, Entry.actor, Entry.subject).order_by(
    Entry.number.desc()
)


def page_of(
    *,
    act: str = "",
    actor: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    below: int | None = None,
    limit: int = PER_PAGE,
) -> Sequence[AnyRow]:
    """So many looks, the newest first; one more where there are more.

    ``since`` is the first moment, ``until`` the end.
    """
    statement = _entries.where(Entry.act.in_([act] if act in LOOKS else sorted(LOOKS)))
    if actor is not None:
        statement = statement.where(Entry.actor == actor)
    if since is not None:
        statement = statement.where(Entry.at >= since)
    if until is not None:
        statement = statement.where(Entry.at < until)
    if below is not None:
        statement = statement.where(Entry.number < below)
    return rows(statement.limit(limit + 1), stays=False)


def every(**narrowed: Any) -> Iterator[AnyRow]:
    """All looks that fit, the newest first, some hundreds at a time."""
    below: int | None = None
    while True:
        found = page_of(**narrowed, below=below, limit=CHUNK)
        yield from found[:CHUNK]
        if len(found) <= CHUNK:
            return
        below = found[CHUNK - 1].number
