"""Work that is done at certain times: once, however many workers there are.

A time is a moment in UTC. Whoever writes it into the work's row has taken it; where they did not
say within ten minutes that it is done, it may be taken again. Of times that passed while no worker
ran, the newest is made up for. What is new here begins with its next time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.db import db, dialect, write
from citizen_voice.outbox.models import PeriodicRun

PATIENCE = timedelta(minutes=10)
DAY = timedelta(days=1)
HOUR_MINUTES, DAY_MINUTES = 60, 24 * 60

_P: Any = PeriodicRun.__table__
_c = _P.c


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done and when; ``newest`` gives its last time up to a moment."""

    name: str
    act: Callable[[], object]
    newest: Callable[[datetime], datetime]


def minutes(count: int) -> Callable[[datetime], datetime]:
    """Every so many minutes, counted from midnight (UTC); raises ``ValueError`` if none fits."""
    if not 0 < count <= DAY_MINUTES or DAY_MINUTES % count:
        raise ValueError(f"{count} minutes do not divide a day")

    def newest(now: datetime) -> datetime:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(minutes=(now - midnight) // timedelta(minutes=count) * count)

    return newest


def london(hour: int) -> Callable[[datetime], datetime]:
    """Every day at an hour in London, also when the clocks change.

    An hour that comes twice counts the first time; for one that does not come it is an hour later.
    """
    at = time(hour)

    def newest(now: datetime) -> datetime:
        day = now.astimezone(clock.LONDON).date()
        for earlier in (day, day - DAY):
            moment = clock.moment(earlier, at)
            if moment <= now:
                return moment
        raise AssertionError("yesterday's is over")

    return newest


def run(work: Work) -> bool:
    """Do what is due of a piece of work, unless somebody else has taken it; gives whether we did.

    Raises what the act raises; its time is then taken again after a while.
    """
    slot = work.newest(clock.now())
    taken_at = _take(work.name, slot)
    if taken_at is None:
        return False
    work.act()
    with write():
        ours = (_c.name == work.name, _c.slot == slot, _c.taken_at == taken_at)
        db.session.execute(update(_P).where(*ours).values(done_at=clock.now()))
    return True


def _take(name: str, slot: datetime) -> datetime | None:
    """Take a time; ``None`` where it is somebody else's, or done. Gives when we took it."""
    now = clock.now()
    row = db.session.execute(select(*_c).where(_c.name == name)).one_or_none()
    if row is None:
        _begin(name, slot, now)
        return None
    left = (_c.done_at.is_(None)) & (_c.taken_at <= now - PATIENCE)
    free = or_(_c.slot < slot, (_c.slot == slot) & left)
    ours = update(_P).where(_c.name == name, free)
    if db.session.execute(select(_c.name).where(_c.name == name, free)).first() is None:
        return None  # nothing is written every minute
    with write():
        taken = db.session.execute(ours.values(slot=slot, taken_at=now, done_at=None))
    return now if taken.rowcount else None  # type: ignore[attr-defined]  # a DML result


def _begin(name: str, slot: datetime, now: datetime) -> None:
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    first = insert(_P).values(name=name, slot=slot, taken_at=now, done_at=now)
    with write():
        db.session.execute(first.on_conflict_do_nothing())
