"""What is true of the officer's registers now."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, Base, db, rows
from citizen_voice.errors import NotHere
from citizen_voice.records.models import (
    AssessedRisk,
    Assessment,
    Breach,
    BreachNote,
    Processor,
    RecordChange,
    SafetyRisk,
    SafetyScope,
)

CHUNK = 200
LARGEST = 2**31 - 1
CHANGES_SHOWN = 100

_changes = (
    select(
        RecordChange.id,
        RecordChange.act,
        RecordChange.changes,
        RecordChange.at,
        Person.display_name.label("who"),
    )
    .outerjoin(Person, Person.id == RecordChange.actor_id)
    .where(
        RecordChange.register == bindparam("register"),
        RecordChange.record_id == bindparam("record"),
    )
    .order_by(RecordChange.id.desc())
    .limit(CHANGES_SHOWN)
)
_notes = (
    select(BreachNote.words, BreachNote.at, Person.display_name.label("who"))
    .outerjoin(Person, Person.id == BreachNote.actor_id)
    .where(BreachNote.breach_id == bindparam("breach"))
    .order_by(BreachNote.id)
)
_risks = (
    select(*AssessedRisk.__table__.columns)
    .where(AssessedRisk.assessment_id == bindparam("assessment"))
    .order_by(AssessedRisk.id)
)
_assessments = select(*Assessment.__table__.columns)
_newest_scope = select(*SafetyScope.__table__.columns).order_by(SafetyScope.id.desc())
_newest_risks = select(*SafetyRisk.__table__.columns).where(
    SafetyRisk.id.in_(select(func.max(SafetyRisk.id)).group_by(SafetyRisk.kind))
)


def one(model: type[Base], key: int) -> AnyRow:
    """The row of a register with this number; raises ``NotHere``."""
    table = model.__table__
    if key > LARGEST:
        raise NotHere
    found = rows(select(*table.columns).where(table.c.id == bindparam("id")), {"id": key})
    if not found:
        raise NotHere
    return found[0]


def every(model: type[Base]) -> Iterator[AnyRow]:
    """All rows of a register, the newest first, some hundreds at a time."""
    columns = model.__table__.columns
    below: int | None = None
    while True:
        statement = select(*columns).order_by(columns.id.desc()).limit(CHUNK)
        if below is not None:
            statement = statement.where(columns.id < below)
        found = rows(statement, stays=False)
        yield from found
        if len(found) < CHUNK:
            return
        below = found[-1].id


def changes(register: str, key: int = 1) -> Sequence[AnyRow]:
    """What was changed of a row of a register, and by whom: the newest first."""
    return rows(_changes, {"register": register, "record": key})


def processors() -> list[AnyRow]:
    """All processors: those that go on first, by name."""
    return sorted(every(Processor), key=lambda row: (row.ended_on is not None, row.name.casefold()))


def at_work() -> list[AnyRow]:
    """The processors that go on, by name: those without an end, or whose end is still to come."""
    today = clock.today()
    return [row for row in processors() if row.ended_on is None or row.ended_on > today]


def breaches() -> list[AnyRow]:
    """All breaches: open ones first, the oldest of them on top; then the newest."""
    found = list(every(Breach))
    still = [row for row in found if row.closed_at is None]
    return sorted(still, key=lambda row: row.known_at) + [row for row in found if row.closed_at]


def notes_of(breach_id: int) -> Sequence[AnyRow]:
    """The timeline of a breach, in its order."""
    return rows(_notes, {"breach": breach_id})


def risks_of(assessment_id: int) -> Sequence[AnyRow]:
    """The risks of an assessment, in their order."""
    return rows(_risks, {"assessment": assessment_id})


def versions_of(about: str) -> Sequence[AnyRow]:
    """All versions of an assessment, the newest first."""
    statement = _assessments.where(Assessment.about == bindparam("about"))
    return rows(statement.order_by(Assessment.version.desc()), {"about": about})


def signed(about: str) -> Assessment | None:
    """The signed assessment about something that holds now: ``groups``, ``trial:5``."""
    return db.session.scalars(
        select(Assessment)
        .where(
            Assessment.about == about,
            Assessment.signed_on.is_not(None),
            Assessment.ended_at.is_(None),
        )
        .order_by(Assessment.version.desc())
        .limit(1)
    ).first()


def scopes() -> Sequence[AnyRow]:
    """Every signature of the scope record, the newest first: that one holds."""
    return rows(_newest_scope)


def safety_risks() -> dict[str, Any]:
    """The newest assessment of each kind of content, by kind."""
    return {row.kind: row for row in rows(_newest_risks)}


def safety_history(kind: str) -> Sequence[AnyRow]:
    """Every assessment of a kind of content, the newest first."""
    table = SafetyRisk.__table__
    statement = select(*table.columns).where(table.c.kind == bindparam("kind"))
    return rows(statement.order_by(table.c.id.desc()), {"kind": kind})
