"""``kill -9`` at any point of retention, a full disk: nothing is lost, nothing is done twice."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from citizen_voice import clock, config
from citizen_voice.accounts import erasure_journal, erasures
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.errors import Busy
from citizen_voice.ideas.models import Idea
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.paths import ROOT
from citizen_voice.retention.models import RetentionRun
from tests.factories.retention import LONG_AGO, NOW, decided_idea, done, idle
from tests.faults.conftest import let_go

DAY = timedelta(days=1)


def killed(settings: Settings, *, now: object, stop_after: int, inside: bool) -> None:
    """Have another process do what is due, and kill it on the way."""
    environment = {
        "ENV": "development",
        "INSTANCE": str(settings.instance),
        "SECRET_KEY": "a" * 64,
        "DATABASE_URL": "" if settings.sqlite else settings.database_url,
    }
    named = {config.PREFIX + name: value for name, value in environment.items() if value}
    let_go()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.retaining"],
        cwd=ROOT,
        env=os.environ | named,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {"stop_after": stop_after, "inside": inside, "now": str(now)}
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        said = [process.stdout.readline()]
        while said[-1] not in ("in the middle\n", "done\n", ""):
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert said[-1] == "in the middle\n", said


def left() -> tuple[int, int, int]:
    """How many ideas have a name, how many accounts there are, how many letters were written."""
    db.session.rollback()
    found = (
        select(func.count()).select_from(Idea).where(Idea.author_id.is_not(None)),
        select(func.count()).select_from(Person).where(Person.kind != FORMER),
        select(func.count()).select_from(OutboxMail).where(OutboxMail.kind == "account-idle"),
    )
    names, people, letters = (db.session.scalar(each) or 0 for each in found)
    return names, people, letters


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("stop_after", [1, 3])
def test_names_and_letters_after_a_kill_are_done_once(
    app: Flask, fresh: Settings, stop_after: int, inside: bool
) -> None:
    people = [idle(seen=LONG_AGO) for _ in range(4)]
    for author in people:
        decided_idea(author)
    killed(fresh, now=NOW, stop_after=stop_after, inside=inside)
    names, _people, letters = left()
    batches = stop_after - inside
    assert names == 4 - min(batches * 2, 4)
    found = done(now=NOW + timedelta(minutes=11), hourly=False)
    assert len(found.get("names", [])) == names
    assert len(found.get("warned", [])) == 4 - letters
    assert left() == (0, 4, 4)
    runs = db.session.scalars(select(RetentionRun)).all()
    assert {run.rule: (run.done, run.warned) for run in runs if run.done or run.warned} == {
        "names-off-ideas": (4, 0),
        "idle-accounts": (0, 4),
    }


@pytest.mark.parametrize("inside", [True, False])
def test_accounts_after_a_kill_are_erased_once(app: Flask, fresh: Settings, inside: bool) -> None:
    people = [idle(seen=LONG_AGO) for _ in range(4)]
    done(hourly=False)
    later = NOW + 30 * DAY
    killed(fresh, now=later, stop_after=2 if not inside else 3, inside=inside)
    gone = 4 - left()[1]
    assert gone == 2
    found = done(now=later + timedelta(minutes=11), hourly=False)
    assert len(found["accounts"]) == 4 - gone
    assert left()[1] == 0
    with clock.at(later + DAY):
        erasures.finish()
        lines = erasure_journal.erasures(erasures.file().read())
    assert {each.person_id for each in lines if each.done} == set(people)


def test_on_a_full_disk_nothing_is_half_done_and_it_goes_on_once_there_is_room(
    app: Flask, database: str
) -> None:
    if database != "sqlite":
        pytest.skip("SQLite's page limit stands in for a disk")
    with clock.at(LONG_AGO), write():
        for number in range(100):
            accounts.join(f"idle{number}@example.org", "adult", "en")
    engine = db.engines[None]

    def limit(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]  # a driver's

    engine.dispose()
    event.listen(engine, "connect", limit)
    from tests.faults.test_full_disk import fill_pages

    fill_pages()
    with pytest.raises(Busy):
        done(hourly=False)
    event.remove(engine, "connect", limit)
    engine.dispose()
    db.session.remove()
    assert left()[2] == 0
    assert len(done(now=NOW + timedelta(minutes=11), hourly=False)["warned"]) == 100
    assert left()[2] == 100
