"""What is done at certain times is done once, however many workers there are."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import PersonSession
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.outbox import periodic
from citizen_voice.outbox.jobs import Jobs
from citizen_voice.outbox.models import PeriodicRun
from citizen_voice.outbox.periodic import PATIENCE, Work
from tests.factories.people import resident
from tests.faults.conftest import let_go
from tests.faults.worker import a_worker

FULL_HOUR = datetime(2027, 1, 11, 3, 0, tzinfo=UTC)
SPRING = datetime(2027, 3, 28, tzinfo=UTC)
AUTUMN = datetime(2027, 10, 31, tzinfo=UTC)
"""The days on which the clocks of London change, at one in the morning (UTC)."""


class Counted:
    """Work that counts how often it was done, and when."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.jobs = Jobs(app, settings)
        self.done: list[datetime] = []

    def act(self) -> None:
        """Once more."""
        self.done.append(clock.now())

    def minutes(self, begin: datetime, count: int, step: int = 1) -> Iterator[datetime]:
        """A worker's minutes, one after the other."""
        for number in range(0, count, step):
            moment = begin + timedelta(minutes=number)
            with clock.at(moment):
                self.jobs.tick()
            yield moment


@pytest.fixture
def counted(app: Flask, fresh: Settings) -> Counted:
    """Nothing is to be done yet."""
    return Counted(app, fresh)


def test_what_is_new_begins_with_its_next_time(counted: Counted) -> None:
    counted.jobs.every_hour("count", counted.act)
    list(counted.minutes(FULL_HOUR + timedelta(minutes=10), 120, 5))
    assert counted.done == [FULL_HOUR + timedelta(hours=hours) for hours in (1, 2)]


def test_minutes_count_from_midnight_and_have_to_fit_into_a_day(counted: Counted) -> None:
    counted.jobs.every_minutes("count", 15, counted.act)
    list(counted.minutes(FULL_HOUR, 60))
    assert [moment.minute for moment in counted.done] == [15, 30, 45]
    for wrong in (0, -5, 7, 1441):
        with pytest.raises(ValueError, match="day"):
            counted.jobs.every_minutes("wrong", wrong, counted.act)


def test_a_time_that_passed_while_no_worker_ran_is_made_up_for_once(counted: Counted) -> None:
    counted.jobs.every_day("count", 7, counted.act)
    list(counted.minutes(FULL_HOUR, 5))
    list(counted.minutes(FULL_HOUR + timedelta(days=3, hours=6), 60))
    assert counted.done == [FULL_HOUR + timedelta(days=3, hours=6)]


@pytest.mark.parametrize("hour", [0, 1, 7])
@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_a_days_work_is_done_once_a_day_also_when_the_clocks_change(
    counted: Counted, change: datetime, hour: int
) -> None:
    counted.jobs.every_day("count", hour, counted.act)
    begin = change - timedelta(hours=30)
    list(counted.minutes(begin, 3 * 24 * 60, 30))
    days = [moment.astimezone(clock.LONDON).date() for moment in counted.done]
    assert len(days) == len(set(days))
    assert {change.date() + timedelta(days=offset) for offset in (0, 1)} <= set(days)
    hours = {moment.astimezone(clock.LONDON).hour for moment in counted.done}
    assert hours <= {hour, 2} if (change, hour) == (SPRING, 1) else hours == {hour}


def test_a_clock_that_is_put_back_does_nothing_twice(counted: Counted) -> None:
    counted.jobs.every_hour("count", counted.act)
    list(counted.minutes(FULL_HOUR - timedelta(minutes=5), 10))
    list(counted.minutes(FULL_HOUR - timedelta(minutes=58), 63))
    assert counted.done == [FULL_HOUR]


def test_of_many_workers_one_does_it(app: Flask) -> None:
    done: list[int] = []
    work = Work("count", lambda: done.append(1), periodic.minutes(60))
    with clock.at(FULL_HOUR - timedelta(minutes=1)):
        periodic.run(work)
    start = threading.Barrier(6)

    def worker(_number: int) -> bool:
        with app.app_context(), clock.at(FULL_HOUR):
            start.wait()
            return periodic.run(work)

    with ThreadPoolExecutor(6) as workers:
        assert sorted(workers.map(worker, range(6))) == [False] * 5 + [True]
    assert done == [1]


class Killed(BaseException):
    """The worker's process ends."""


def test_what_a_killed_worker_had_taken_is_taken_again_after_a_while(app: Flask) -> None:
    def die() -> None:
        raise Killed

    done: list[int] = []
    first = Work("count", die, periodic.minutes(60))
    second = Work("count", lambda: done.append(1), periodic.minutes(60))
    with clock.at(FULL_HOUR - timedelta(minutes=1)):
        periodic.run(first)
    with clock.at(FULL_HOUR), pytest.raises(Killed):
        periodic.run(first)
    with clock.at(FULL_HOUR + PATIENCE - timedelta(seconds=1)):
        assert not periodic.run(second)
    with clock.at(FULL_HOUR + PATIENCE):
        assert periodic.run(second)
        assert not periodic.run(second)
    assert done == [1]


def test_what_fails_holds_up_nothing_else(counted: Counted) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    counted.jobs.every_hour("fails", fail)
    counted.jobs.every_hour("count", counted.act)
    list(counted.minutes(FULL_HOUR - timedelta(minutes=1), 3))
    assert counted.done == [FULL_HOUR]


def test_a_minute_without_work_writes_nothing(app: Flask) -> None:
    work = Work("count", lambda: None, periodic.minutes(60))
    with clock.at(FULL_HOUR):
        periodic.run(work)
        assert not periodic.run(work)
    runs = db.session.execute(select(*PeriodicRun.__table__.columns)).all()
    assert [(row.name, row.slot) for row in runs] == [("count", FULL_HOUR)]


def an_old_session() -> None:
    """Somebody signed in three years ago."""
    person = resident()
    with clock.at(clock.now() - timedelta(days=3 * 365)), write():
        accounts.open_session(person, device="Firefox, Linux", shared=False)


def sessions() -> int:
    """How many there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PersonSession)) or 0


def test_every_hour_has_its_tidying_and_once_more_does_no_harm(app: Flask) -> None:
    jobs = app.extensions["citizen_voice.jobs"]
    an_old_session()
    with clock.at(FULL_HOUR - timedelta(hours=1)):
        jobs.tick()
    assert sessions() == 1
    with clock.at(FULL_HOUR):
        assert {"tidy", "reshuffle", "surges"} <= set(jobs.tick())
        assert jobs.tick() == []
    assert sessions() == 0
    housekeeping.tidy()


def test_a_real_worker_does_what_is_due_as_soon_as_it_begins(app: Flask, fresh: Settings) -> None:
    an_old_session()
    with clock.at(clock.now() - timedelta(hours=2)):
        app.extensions["citizen_voice.jobs"].tick()
    assert sessions() == 1
    let_go()
    with a_worker(fresh) as worker:
        worker.until(lambda: not sessions())
