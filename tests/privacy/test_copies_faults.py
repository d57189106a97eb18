"""A copy while something goes wrong: made anew, once, or not at all; nothing is left lying."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, config
from citizen_voice.accounts import services as accounts
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.paths import ROOT
from citizen_voice.privacy import files, making
from citizen_voice.privacy.models import FAILED, MAKING, READY, DataCopy
from tests.client import Client
from tests.factories.copies import asked, rows_of, signed_in
from tests.factories.people import resident
from tests.faults.conftest import let_go

MANY = 12_000
PROGRAM = """
from citizen_voice import create_app
from citizen_voice.privacy import making

app = create_app()
with app.app_context():
    making.work()
"""
LATER = making.LEASE + timedelta(seconds=1)


@pytest.fixture
def somebody(app: Flask) -> UUID:
    """Somebody with many sessions, who asked for a copy."""
    key = resident()
    signed_in(key, MANY)
    asked(key)
    return key


def standing() -> DataCopy | None:
    """The only copy there is."""
    db.session.rollback()
    return db.session.scalars(select(DataCopy)).one_or_none()


def under_way() -> None:
    """Wait until some of it is written."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = standing()
        if found is not None and found.done > 0:
            return
        time.sleep(0.01)
    raise AssertionError("no copy was begun")


def told() -> int:
    """How many letters said that a copy is ready."""
    db.session.rollback()
    return len(db.session.scalars(select(OutboxMail).where(OutboxMail.kind == "copy")).all())


def elsewhere(app: Flask, many: int = 1) -> list[threading.Thread]:
    """Workers at work, each in a thread."""

    def work() -> None:
        with app.app_context():
            making.work()
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(many)]
    for thread in threads:
        thread.start()
    return threads


def test_a_worker_that_is_killed_half_way_leaves_it_to_the_next(
    app: Flask, fresh: Settings, somebody: UUID
) -> None:
    let_go()
    killed_half_way(fresh)
    found = standing()
    assert found is not None
    assert found.state == MAKING
    assert making.work() == 0
    with clock.at(clock.now() + LATER):
        assert making.work() == 1
    assert files.there() == [files.path(found.id)]
    assert len(rows_of(found.id, "sessions")) == MANY
    assert told() == 1


def killed_half_way(fresh: Settings) -> None:
    """Have another process make it, and kill that."""
    environment = {
        "ENV": "development",
        "INSTANCE": str(fresh.instance),
        "SECRET_KEY": "a" * 64,
        "DATABASE_URL": fresh.database_url,
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={config.PREFIX + name: value for name, value in environment.items()}
        | {"PATH": os.environ["PATH"]},
    ) as worker:
        try:
            under_way()
        finally:
            worker.send_signal(signal.SIGKILL)
    assert any(each.suffix == ".part" for each in files.there())


def test_two_workers_make_it_once(app: Flask, somebody: UUID) -> None:
    for thread in elsewhere(app, 3):
        thread.join()
    found = standing()
    assert found is not None
    assert found.state == READY
    assert files.there() == [files.path(found.id)]
    assert told() == 1


def test_who_leaves_while_it_is_made_leaves_no_file(app: Flask, somebody: UUID) -> None:
    (thread,) = elsewhere(app)
    under_way()
    with write():
        accounts.leave(somebody, remove_words=True)
    thread.join()
    assert standing() is None
    assert files.there() == []
    assert told() == 0


def test_a_worker_that_was_too_slow_does_not_disturb_the_next(app: Flask, somebody: UUID) -> None:
    (slow,) = elsewhere(app)
    under_way()
    with clock.at(clock.now() + LATER):
        assert making.work() == 1
    slow.join()
    found = standing()
    assert found is not None
    assert files.there() == [files.path(found.id)]
    assert len(rows_of(found.id, "sessions")) == MANY
    assert told() == 1


def test_a_disk_that_takes_nothing_is_told_and_can_be_tried_again(
    app: Flask, client: Client
) -> None:
    key = resident()
    client.sign_in(key)
    client.send("/my-data/copy")
    in_the_way = files.folder()
    in_the_way.rmdir()
    in_the_way.write_text("no folder")
    assert making.work() == 0
    found = standing()
    assert found is not None
    assert found.state == FAILED
    page = client.get("/my-data/copy").text
    assert "We could not make your copy" in page
    assert told() == 0
    in_the_way.unlink()
    assert client.send("/my-data/copy").status_code == 303
    assert making.work() == 1
    assert "Your copy is ready" in client.get("/my-data/copy").text


def test_a_full_disk_leaves_no_part_of_it(app: Flask, somebody: UUID) -> None:
    folder = files.folder()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "none", folder],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("a small disk needs the right to mount one")
    try:
        assert making.work() == 0
        assert files.there() == []
    finally:
        subprocess.run(["umount", folder], check=True)
    found = standing()
    assert found is not None
    assert found.state == FAILED


def test_what_kills_every_worker_is_given_up(app: Flask, client: Client) -> None:
    key = resident()
    asked(key)
    with write():
        row = db.session.scalars(select(DataCopy)).one()
        row.tries = making.MOST_TRIES
    assert making.work() == 0
    found = standing()
    assert found is not None
    assert found.state == FAILED


@pytest.mark.parametrize(
    "name", ["../../secret.key", "..%2f..%2fsecret.key", "%00", "a.zip", "0" * 32]
)
def test_no_name_but_a_key_opens_a_file(client: Client, name: str) -> None:
    client.sign_in(resident())
    assert client.get(f"/my-data/copy/{name}/my-data.zip").status_code == 404
