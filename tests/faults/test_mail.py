"""A mail server that is away, hangs, cuts the line or refuses; workers that are killed, and two.

Every letter is accepted at least once; for each kill at most one came twice, and is the same.
"""

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.outbox import queries, services
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.outbox.smtp import Server
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client
from tests.factories.team import colleague
from tests.faults.conftest import let_go
from tests.faults.worker import a_worker
from tests.outbox.mailing import deliver, later, rows, worker
from tests.servers.smtp import Manner, SmtpServer

pytestmark = pytest.mark.usefixtures("app")

RUN = 1_000
KILLS = 3
REFUSED = "gone@example.org"
WORDS = "550 5.1.1 There is no such mailbox here"


def put(count: int, *further: str) -> set[str]:
    """So many letters, and to some addresses more; gives who is to get one."""
    everybody = [*(f"reader{number}@example.org" for number in range(count)), *further]
    with write():
        for to in everybody:
            services.enqueue(
                kind="news", to=to, subject=f"For {to}", body="What became of it\n", language="en"
            )
    return set(everybody)


def held_against(server: SmtpServer, everybody: set[str], *, twice: int = 0) -> None:
    """Everybody got theirs; at most so many came twice, each the same letter as before."""
    messages = list(server.messages)
    assert {str(message["To"]) for message in messages} == everybody
    of = {(message["To"], message["Message-ID"], message["Subject"]) for message in messages}
    assert len(of) == len(everybody)
    again = [count - 1 for count in Counter(message["To"] for message in messages).values()]
    assert sum(again) <= twice


def leases_are_over() -> None:
    """What a killed worker had in its hands is due again: as some minutes later."""
    with write():
        due = update(OutboxMail).where(OutboxMail.due_at.is_not(None))
        db.session.execute(due.values(due_at=clock.now()))


def waiting() -> int:
    """How many letters neither left nor came back."""
    db.session.rollback()
    return queries.waiting()


def test_a_server_that_is_away_for_an_hour_costs_an_hour_and_nothing_else(
    smtp: SmtpServer,
) -> None:
    everybody = put(40)
    mine = worker(Server(smtp.url, 1))
    begun = clock.now()
    with smtp.away():
        for minute in range(60):
            with clock.at(begun + timedelta(minutes=minute)):
                assert mine.run() == 0
        assert {(row.attempts, row.failed_at) for row in rows()} == {(0, None)}
    with clock.at(begun + timedelta(minutes=62)):
        assert mine.run() == 40
    held_against(smtp, everybody)


def test_a_server_that_turns_everything_away_for_an_hour_loses_nothing(smtp: SmtpServer) -> None:
    everybody = put(10)
    begun = clock.now()
    with smtp.behaving(Manner.DEFER):
        for minute in range(60):
            with clock.at(begun + timedelta(minutes=minute)):
                deliver(smtp)
    assert all(row.failed_at is None and row.body for row in rows())
    with later(24 * 60):
        deliver(smtp)
    held_against(smtp, everybody)


def test_a_server_that_hangs_over_a_letter_is_given_a_rest(smtp: SmtpServer) -> None:
    everybody = put(5)
    mine = worker(Server(smtp.url, 0.3))
    with smtp.behaving(seconds=1):
        assert mine.run() == 0
        assert mine.resting()
        assert mine.run() == 0
        assert sorted(row.attempts for row in rows()) == [0, 0, 0, 0, 1]
    with later(1):
        assert mine.run() == 5
    held_against(smtp, everybody, twice=1)  # it may have taken it, and nobody heard of it


@pytest.fixture
def mute() -> Iterator[str]:
    """The address of a server that takes calls, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"


def test_a_server_that_says_nothing_costs_no_attempts(mute: str, smtp: SmtpServer) -> None:
    everybody = put(5)
    mine = worker(Server(mute, 0.3))
    assert mine.run() == 0
    assert mine.resting()
    assert {row.attempts for row in rows()} == {0}
    assert deliver(smtp) == 5
    held_against(smtp, everybody)


@pytest.mark.parametrize("manner", [Manner.CUT, Manner.DROP, Manner.LOSE])
def test_a_line_that_is_cut_in_the_middle_of_a_letter(smtp: SmtpServer, manner: Manner) -> None:
    everybody = put(6)
    with smtp.behaving(manner):
        assert deliver(smtp) == 0
    assert {row.attempts for row in rows()} == {1}
    assert all(row.last_error for row in rows())
    with later(1):
        assert deliver(smtp) == 6
    held_against(smtp, everybody, twice=6 if manner is Manner.LOSE else 0)


def test_one_address_is_refused_and_staff_read_the_servers_words(
    client: Client, smtp: SmtpServer
) -> None:
    everybody = put(5, REFUSED, "last@example.org")
    smtp.refused[REFUSED] = WORDS.replace("mailbox", f"mailbox <{REFUSED}>")
    assert deliver(smtp) == 6
    held_against(smtp, everybody - {REFUSED})
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    page = client.get("/staff/mail").text
    assert "550 5.1.1 There is no such mailbox &lt;…&gt; here" in page
    assert "g…@example.org" in page
    assert REFUSED not in page


def test_a_worker_killed_at_random_points_of_a_run_loses_nothing(
    fresh: Settings, client: Client, smtp: SmtpServer
) -> None:
    everybody = put(RUN - 1, REFUSED) - {REFUSED}
    smtp.refused[REFUSED] = WORDS
    let_go()
    points = sorted(random.sample(range(1, RUN - 2), KILLS))
    for point in points:
        with a_worker(fresh, smtp.url) as killed:
            killed.until(lambda point=point: len(smtp.messages) >= point, every=0.002)  # type: ignore[misc]
            time.sleep(random.random() / 50)
            killed.kill()
        leases_are_over()
        let_go()
    with a_worker(fresh, smtp.url) as last:
        last.until(lambda: waiting() == 0)
    held_against(smtp, everybody, twice=len(points))
    (came_back,) = [row for row in rows() if row.failed_at is not None]
    assert (came_back.to_address, came_back.last_error) == (REFUSED, WORDS)
    assert came_back.body is not None  # it can be sent again


def test_two_workers_at_once_send_each_letter_once(
    app: Flask, fresh: Settings, smtp: SmtpServer
) -> None:
    everybody = put(200)
    let_go()
    with ExitStack() as workers:
        with smtp.behaving(seconds=0.25):  # until both are at it
            for _ in range(2):
                mine = workers.enter_context(a_worker(fresh, smtp.url))

            def both() -> bool:
                app.extensions["citizen_voice.jobs"].wake()
                return smtp.connections > 1

            mine.until(both)
        mine.until(lambda: waiting() == 0)
    held_against(smtp, everybody)
    assert {row.attempts for row in rows()} == {1}


def test_two_threads_of_a_worker_share_its_connection(app: Flask, smtp: SmtpServer) -> None:
    everybody = put(40)
    mine = worker(Server(smtp.url, 5))
    sent: list[int] = []

    def run() -> None:
        with app.app_context():
            sent.append(mine.run())

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(sent) == 40
    held_against(smtp, everybody)


def test_the_limit_holds_for_all_workers_together(app: Flask, smtp: SmtpServer) -> None:
    with write():
        services.limit("15")
    put(40)

    def run() -> None:
        with app.app_context():
            deliver(smtp)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(smtp.messages) == 15
