"""What is true of rules, holds and runs; and what would be done now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from citizen_voice import clock, keeping
from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.keeping import Said, Setting, in_force
from citizen_voice.retention.models import RetentionChange, RetentionHold, RetentionRun
from citizen_voice.retention.sweeping import Due, Keys, Sweep, lasting
from citizen_voice.retention.sweeps import SWEEPS

PER_PAGE = 50
CHUNK = 500
HOUR = 3
"""When the worker does it, in London."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a sweep would do now: how many rows, and how many a hold or a request keeps back."""

    sweep: Sweep
    setting: Setting
    count: int
    held: int


def words_of(table: str, settings: Mapping[str, Setting] | None = None) -> Said:
    """How long a table is kept, as the officer has set it; lazily translated.

    Who asks of many tables gives the ``settings`` of ``keeping.in_force``.
    """
    return keeping.sentence(table, in_force() if settings is None else settings)


def next_run(now: datetime) -> datetime:
    """When the worker does it the next time."""
    day = now.astimezone(clock.LONDON)
    at = day.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if at > day:
        return clock.moment(at.date(), at.timetz().replace(tzinfo=None))
    return clock.moment(clock.end_of(day.date()).astimezone(clock.LONDON).date(), at.time())


def planned(settings: Mapping[str, Setting] | None = None) -> list[Planned]:
    """What would be done now, in its order; one statement, and one for the settings."""
    settings = in_force() if settings is None else settings
    now = clock.now()
    active = [each for each in SWEEPS.values() if settings[each.rule].active]
    if not active:
        return []
    counts = []
    for place, sweep in enumerate(active):
        due = Due(now, settings[sweep.rule])
        found = sweep.due(due).order_by(None).subquery()
        back = sweep.kept_back(due).subquery()
        counts.append(
            select(
                literal(place).label("place"),
                select(func.count()).select_from(found).scalar_subquery().label("found"),
                select(func.count()).select_from(back).scalar_subquery().label("back"),
            )
        )
    by_place = {row.place: row for row in rows(union_all(*counts), stays=False)}
    return [
        Planned(sweep, settings[sweep.rule], by_place[place].found, by_place[place].back)
        for place, sweep in enumerate(active)
    ]


def listed(sweep: Sweep, due: Due, after: tuple[Any, ...] | None, size: int = PER_PAGE) -> Keys:
    """A page of the keys of what a sweep would do, and one more where it goes on."""
    return sweep.page(due, after, size + 1)


def every(sweep: Sweep, due: Due) -> Iterator[tuple[Any, ...]]:
    """The keys of all that a sweep would do, while they are read."""
    after: tuple[Any, ...] | None = None
    while page := sweep.page(due, after, 1_000):
        yield from page
        after = page[-1]


def last_runs() -> dict[str, AnyRow]:
    """The newest run of each rule."""
    newest = select(func.max(RetentionRun.id)).group_by(RetentionRun.rule)
    runs = RetentionRun.__table__.columns
    return {row.rule: row for row in rows(select(*runs).where(RetentionRun.id.in_(newest)))}


def runs_below(below: int | None) -> Sequence[AnyRow]:
    """The newest runs, or those before one; one more than a page has."""
    statement = select(*RetentionRun.__table__.columns).order_by(RetentionRun.id.desc())
    if below is not None:
        statement = statement.where(RetentionRun.id < below)
    return rows(statement.limit(PER_PAGE + 1), stays=False)


def every_run() -> Iterator[AnyRow]:
    """All runs, the newest first, while they are read."""
    table = RetentionRun.__table__.columns
    statement, last = select(*table).order_by(table.id.desc()).limit(CHUNK), None
    while True:
        found = rows(statement if last is None else statement.where(table.id < last), stays=False)
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1].id


def changes(rule: str) -> Sequence[AnyRow]:
    """What was set of a rule, the newest first."""
    table = RetentionChange.__table__.columns
    statement = select(*table).where(RetentionChange.rule == rule)
    return rows(statement.order_by(RetentionChange.id.desc()).limit(100))


def holds(*, ended: bool = False) -> Sequence[AnyRow]:
    """The holds that there are, or those that have ended; the newest first."""
    there = lasting(clock.today())
    statement = select(*RetentionHold.__table__.columns, Person.display_name)
    statement = statement.outerjoin(Person, Person.id == RetentionHold.person_id)
    statement = statement.where(~there if ended else there)
    return rows(statement.order_by(RetentionHold.id.desc()).limit(200), stays=False)


def person_with(email: str) -> Any:
    """The key of the account with an address; ``None`` where there is none."""
    return db.session.scalar(select(Person.id).where(Person.email == email))
