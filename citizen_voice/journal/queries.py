"""Reading the journal: the newest entries first, narrowed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import AnyRow, AnySelect, rows
from citizen_voice.journal.models import JournalEntry as Entry

PER_PAGE = 50
CHUNK = 500

_entries = select(
    Entry.number, Entry.at, Entry.act, Entry.actor, Entry.subject, Entry.detail_hash, Entry.hash
).order_by(Entry.number.desc())
_acts = select(Entry.act).distinct().order_by(Entry.act)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the entries are narrowed to. ``since`` is the first moment, ``until`` the end."""

    act: str | None = None
    actor: UUID | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def entries(filters: Filters, *, below: int | None, limit: int = PER_PAGE) -> Sequence[AnyRow]:
    """So many entries, the newest first, from below a number on; one more where there are more."""
    statement = _narrowed(filters).limit(limit + 1)
    if below is not None:
        statement = statement.where(Entry.number < below)
    return rows(statement, stays=False)


def every_entry(filters: Filters) -> Iterator[AnyRow]:
    """All entries that fit, the newest first, some hundreds at a time."""
    below: int | None = None
    while True:
        found = entries(filters, below=below, limit=CHUNK)
        yield from found[:CHUNK]
        if len(found) <= CHUNK:
            return
        below = found[CHUNK - 1].number


def acts() -> list[str]:
    """Every kind of act that the journal has."""
    return [row.act for row in rows(_acts)]


def _narrowed(filters: Filters) -> AnySelect:
    statement = _entries
    if filters.act:
        statement = statement.where(Entry.act == filters.act)
    if filters.actor:
        statement = statement.where(Entry.actor == filters.actor)
    if filters.subject:
        statement = statement.where(Entry.subject.icontains(filters.subject, autoescape=True))
    if filters.since:
        statement = statement.where(Entry.at >= filters.since)
    if filters.until:
        statement = statement.where(Entry.at < filters.until)
    return statement
