"""What the worker does by itself."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import PersonSession
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from tests.factories.people import resident
from tests.faults.conftest import let_go
from tests.servers.site import COMMAND, LiveSite

AN_HOUR = datetime(2027, 1, 11, 3, 1, tzinfo=UTC)


def an_old_session() -> None:
    """Somebody signed in three years ago."""
    person = resident()
    with clock.at(clock.now() - timedelta(days=3 * 365)), write():
        accounts.open_session(person, device="Firefox, Linux", shared=False)


def sessions() -> int:
    """How many there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(PersonSession)) or 0


def due(app: Flask, moment: datetime) -> dict[str, Any]:
    """What a worker puts into its queue at a moment."""
    huey = app.extensions["citizen_voice.jobs"].queue
    return {task.name: task for task in huey.read_periodic(moment)}


def test_every_hour_of_a_day_has_its_tidying(app: Flask) -> None:
    for hour in range(24):
        assert {"tidy", "reshuffle"} <= set(due(app, AN_HOUR.replace(hour=hour)))
    assert set(due(app, AN_HOUR.replace(minute=30))) == {"sweep"}


def test_a_real_worker_tidies(app: Flask, fresh: Settings) -> None:
    """Its hour is brought about by what the worker itself would put into the queue then."""
    an_old_session()
    assert sessions() == 1
    app.extensions["citizen_voice.jobs"].queue.enqueue(due(app, AN_HOUR)["tidy"])
    let_go()
    site = LiveSite(
        fresh.instance,
        database_url=None if fresh.sqlite else fresh.database_url,
    )
    worker = subprocess.Popen(
        [COMMAND, "worker"], env=site._environment(), stdin=subprocess.DEVNULL, stdout=sys.stderr
    )
    try:
        give_up = time.monotonic() + 90
        while sessions():
            assert time.monotonic() < give_up, "the worker did not tidy"
            assert worker.poll() is None
            time.sleep(0.1)
    finally:
        worker.kill()
        worker.wait()


def test_tidying_once_more_or_by_two_workers_at_once_does_no_harm(app: Flask) -> None:
    an_old_session()
    person = resident()
    with write():
        accounts.open_session(person, device="Firefox, Linux", shared=False)
    huey = app.extensions["citizen_voice.jobs"].queue
    for task in (due(app, AN_HOUR)["tidy"], due(app, AN_HOUR)["tidy"]):
        huey.execute(task)
        assert sessions() == 1
