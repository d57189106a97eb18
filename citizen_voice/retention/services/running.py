"""Doing what is due: rule by rule, in batches, each of them a transaction of its own.

A run that is killed at any point has done whole batches, and the next one goes on with what is
still due. What is done is counted in the transaction that does it.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.accounts import standstill
from citizen_voice.db import db, dialect, new_key, write
from citizen_voice.errors import Busy
from citizen_voice.keeping import RetentionRule, Setting, in_force
from citizen_voice.retention.models import DONE, FAILED, RUNNING, STOPPED, RetentionRun
from citizen_voice.retention.sweeping import BATCH, Done, Due, Keys, Sweep
from citizen_voice.retention.sweeps import of_rule

PATIENCE = timedelta(minutes=10)
"""After it somebody who did not come by is taken to have been cut off."""

_PLAIN = {"synchronize_session": False}
Told = Callable[[Sweep, Keys], None]

log = structlog.get_logger()


class _Over(Exception):
    """Somebody else has taken the run, or the rule was changed: this run does no more."""


def run(*, hourly: bool | None = None, told: Told | None = None) -> dict[str, int]:
    """Do everything that is due now; gives for each sweep to how many rows it was done.

    ``hourly``: the rules of the tidy alone, or the others alone. ``told`` hears of each batch once
    it is committed. Raises ``Busy`` where the database takes no writes, or accounts can't be
    erased; everything until then is done, and the next run goes on.
    """
    now = clock.now()
    counts: dict[str, int] = {}
    for setting in in_force().values():
        if hourly is None or setting.rule.hourly is hourly:
            counts |= _rule(Due(now, setting), told)
    return counts


def work() -> dict[str, int]:
    """What the worker does once a day."""
    return run(hourly=False)


def tidy() -> dict[str, int]:
    """What the worker does every hour."""
    return run(hourly=True)


def _rule(due: Due, told: Told | None) -> dict[str, int]:
    setting = due.setting
    sweeps = of_rule(setting.rule.key)
    counts = dict.fromkeys((sweep.name for sweep in sweeps), 0)
    quiet = setting.rule.hourly and not any(sweep.page(due, None, 1) for sweep in sweeps)
    if not setting.active or quiet:
        return counts
    taken = _take(due)
    if taken is None:
        return counts
    try:
        for sweep in sweeps:
            for keys in _batches(taken, sweep, due):
                counts[sweep.name] += len(keys)
                if told is not None:
                    told(sweep, keys)
        _end(taken, DONE)
    except _Over:
        pass
    except BaseException:
        _end(taken, FAILED)
        raise
    return counts


def _batches(taken: UUID, sweep: Sweep, due: Due) -> Iterator[Keys]:
    """Go through what is due, and do it; gives the keys of each batch. Raises ``_Over``."""
    after: tuple[Any, ...] | None = None
    while True:
        db.session.rollback()
        page = sweep.page(due, after, BATCH)
        if not page:
            return
        for first in range(0, len(page), sweep.size):
            done = _do(taken, sweep, due, page[first : first + sweep.size])
            if done.keys:
                yield done.keys
        after = page[-1]


def _do(taken: UUID, sweep: Sweep, due: Due, keys: Keys) -> Done:
    """Do a batch and count it, in one transaction. What fails with one account stops no other."""
    try:
        with write():
            standstill.keep()  # nobody changes rules or adds holds until it is committed
            changed = _changed(due.setting)
            done = Done(()) if changed else sweep.do(due, keys)
            _come_by(taken, sweep, done, stopped=changed)
    except (Busy, _Over):
        raise
    except Exception:
        if not sweep.alone:
            raise
        log.exception("retention failed", rule=sweep.rule, sweep=sweep.name)
        done, changed = Done((), failed=1), False
        with write():
            _come_by(taken, sweep, done, stopped=False)
    if changed:
        raise _Over
    return done


def _changed(setting: Setting) -> bool:
    """Whether the officer has set the rule since the run looked at it."""
    changed_at = select(RetentionRule.changed_at).where(RetentionRule.key == setting.rule.key)
    return db.session.execute(changed_at).scalar_one_or_none() != setting.changed_at


def _take(due: Due) -> UUID | None:
    """Begin a rule's run of the day, or go on with it; ``None`` where somebody is at it."""
    token, now = new_key(), clock.now()
    rule, day = due.setting.rule.key, due.today
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    first = insert(RetentionRun).values(
        rule=rule, day=day, state=RUNNING, token=token, began_at=now, beat_at=now
    )
    left = or_(
        RetentionRun.state != RUNNING,
        RetentionRun.beat_at < now - PATIENCE,
        RetentionRun.beat_at > now + PATIENCE,  # the clock was put back meanwhile
    )
    again = update(RetentionRun).where(RetentionRun.rule == rule, RetentionRun.day == day, left)
    with write():
        made = first.on_conflict_do_nothing().returning(RetentionRun.token)
        if db.session.execute(made).scalar_one_or_none() == token:
            return token
        values = {"state": RUNNING, "token": token, "beat_at": now, "ended_at": None}
        taken = again.values(**values).returning(RetentionRun.token)
        found = db.session.execute(taken, execution_options=_PLAIN).scalar_one_or_none()
    return token if found == token else None


def _come_by(taken: UUID, sweep: Sweep, done: Done, *, stopped: bool) -> None:
    """Count a batch, in its own transaction; raises ``_Over`` where somebody else is at it."""
    now = clock.now()
    values: dict[str, Any] = {
        "beat_at": now,
        "unreached": RetentionRun.unreached + done.unreached,
        "failed": RetentionRun.failed + done.failed,
    }
    name = "warned" if sweep.warns else "done"
    values[name] = getattr(RetentionRun, name) + len(done.keys)
    if stopped:
        values |= {"state": STOPPED, "ended_at": now}
    mine = update(RetentionRun).where(RetentionRun.token == taken, RetentionRun.state == RUNNING)
    counted = mine.values(**values).returning(RetentionRun.id)
    if db.session.execute(counted, execution_options=_PLAIN).first() is None:
        raise _Over


def _end(taken: UUID, state: str) -> None:
    """Say that a run is over. Where that cannot be written, it is taken up again after a while."""
    mine = update(RetentionRun).where(RetentionRun.token == taken, RetentionRun.state == RUNNING)
    with suppress(Busy), write():
        ended = mine.values(state=state, ended_at=clock.now())
        db.session.execute(ended, execution_options=_PLAIN)
