"""A database that somebody else has locked: nothing half-saved, nothing typed lost."""

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from flask import Flask

from citizen_voice.answers import recount
from citizen_voice.config import Settings
from tests.client import Client
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.faults.trouble import (
    SENT,
    assert_can_be_sent_again,
    assert_reading_works,
    assert_typed_is_given_back,
    saved,
    send_again,
    suggesting,
)

pytestmark = pytest.mark.usefixtures("short_patience")


@contextmanager
def locked(fresh: Settings) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    if fresh.sqlite:
        holding = """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            """
        target = str(fresh.instance / "citizen-voice.db")
    else:
        holding = """
            import psycopg, sys
            connection = psycopg.connect(sys.argv[1])
            connection.execute("LOCK TABLE ideas, answers, limit_hits IN EXCLUSIVE MODE")
            """
        target = fresh.database_url.replace("postgresql+psycopg", "postgresql", 1)
    waiting = "\nprint('held', flush=True)\nsys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(holding) + waiting, target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.kill()


def test_a_locked_database_takes_no_answer_and_says_so(
    client: Client, fresh: Settings, app: Flask
) -> None:
    number, person = idea(), resident()
    client.sign_in(person)
    client.send(f"/ideas/CV-{number}/answer", {"value": "oppose"})
    with locked(fresh):
        refused = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
        assert_can_be_sent_again(refused)
        assert_reading_works(client, number)
        fragment = client.send(
            f"/ideas/CV-{number}/answer",
            {"value": "support"},
            headers={"HX-Request": "true", "HX-Request-Type": "partial"},
        )
        assert fragment.status_code == 503
        assert fragment.headers["HX-Retarget"] == "#alert"
        assert "<html" not in fragment.text
        assert figures(number) == (0, 1, 0)
    assert send_again(client, refused).status_code == 303
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


def test_a_locked_database_gives_back_what_was_typed(client: Client, fresh: Settings) -> None:
    address, number = suggesting(client)
    with locked(fresh):
        refused = client.send(address, SENT)
        assert_typed_is_given_back(refused)
        assert_reading_works(client, number)
        assert saved() == 1
    assert send_again(client, refused).status_code == 303
    assert saved() == 2
    assert recount.differences() == []


def test_a_locked_database_gives_back_what_was_edited(client: Client, fresh: Settings) -> None:
    person = resident()
    number = idea(author=person)
    client.sign_in(person)
    client.send("/cookies")  # which finds their token
    with locked(fresh):
        assert_typed_is_given_back(client.send(f"/ideas/CV-{number}/edit", SENT))


def test_a_lock_that_ends_in_time_is_waited_for(
    client: Client, fresh: Settings, app: Flask
) -> None:
    number, person = idea(), resident()
    client.sign_in(person)
    client.get("/")
    with ExitStack() as lock:
        lock.enter_context(locked(fresh))
        timer = threading.Timer(0.3, lock.close)
        timer.start()
        assert client.send(f"/ideas/CV-{number}/answer", {"value": "support"}).status_code == 303
        timer.join()
    assert figures(number) == (1, 0, 0)
