"""A PostgreSQL that goes, comes back, or hangs up: nothing half-saved, nothing typed lost."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from citizen_voice import create_app
from citizen_voice.answers import recount
from citizen_voice.config import Settings
from citizen_voice.db import db
from tests.client import Client, FormFinder
from tests.conftest import migrated, settings
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.faults.trouble import (
    SENT,
    TITLE,
    UNSURE,
    Tab,
    assert_can_be_sent_again,
    post,
    saved,
    send_again,
    token_of,
)
from tests.servers.postgres import PostgresServer
from tests.servers.site import LiveSite

pytestmark = pytest.mark.usefixtures("short_patience")


@pytest.fixture
def passing_postgres(tmp_path: Path) -> Iterator[tuple[PostgresServer, LiveSite]]:
    """A site on a PostgreSQL of its own, which comes and goes; inside the app's context.

    It is killed, so it has to be durable: what was committed must be there afterwards.
    """
    with PostgresServer.start(durable=True) as server:
        url = server.create_database("voice")
        app = create_app(settings(tmp_path / "instance", url), pool_size=4)
        migrated(app)
        with (
            app.app_context(),
            LiveSite(tmp_path / "instance", database_url=url, workers=2) as site,
        ):
            yield server, site
            let_go()
        app.extensions["citizen_voice.jobs"].close()


def test_postgresql_goes_and_comes_back(
    passing_postgres: tuple[PostgresServer, LiveSite], tab: Tab
) -> None:
    server, site = passing_postgres
    asked, person = challenge(), resident()
    number = idea(asked)
    member = tab(site, person, number)
    visitor = tab(site, None, number)
    address = f"/challenges/{asked.slug}/suggest"
    token = token_of(member, number)
    server.kill()
    for _ in range(4):  # with each of the processes
        for who in (member, visitor):
            status, _place, body = who.ask("GET", f"/ideas/CV-{number}", None, who.headers)
            assert status == 503
            assert "show that just now" in body
            assert "</html>" in body
    form = SENT | {"csrf_token": token}
    status, _place, body = post(member, address, form)
    assert status == 503
    again = next(f for f in FormFinder(body, address).forms if "title" in f["fields"])
    server.restart()
    for who in (member, visitor) * 4:
        assert who.ask("GET", f"/ideas/CV-{number}", None, who.headers)[0] == 200
    assert again["fields"]["title"] == TITLE
    assert post(member, again["action"], again["fields"])[0] == 303
    assert saved() == 2


def test_nobody_notices_that_postgresql_was_restarted_while_nobody_asked(
    passing_postgres: tuple[PostgresServer, LiveSite], tab: Tab
) -> None:
    server, site = passing_postgres
    number, persons = idea(), [resident() for _ in range(8)]
    tabs = [tab(site, person, number) for person in persons]
    tokens = [token_of(each, number) for each in tabs]

    def support(place: int) -> int:
        form = {"value": "support", "csrf_token": tokens[place]}
        return post(tabs[place], f"/ideas/CV-{number}/answer", form)[0]

    with ThreadPoolExecutor(8) as crowd:
        assert set(crowd.map(support, range(8))) == {303}  # every connection was in use
        server.kill()
        server.restart()
        assert set(crowd.map(support, range(8))) == {303}
    assert figures(number) == (8, 0, 0)


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_connection_lost_in_the_middle_of_a_write_saves_nothing(
    client: Client, fresh: Settings
) -> None:
    number = idea()
    client.sign_in(resident())
    client.get("/")
    address = fresh.database_url.replace("postgresql+psycopg", "postgresql", 1)
    lost: list[int] = []

    def pull_the_plug() -> None:
        """The answer is written and its figure is waited for: there the connection ends."""
        waits = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
        with psycopg.connect(address, autocommit=True) as other:
            while other.execute(waits, lost).fetchone() != (1,):
                time.sleep(0.01)
            other.execute("SELECT pg_terminate_backend(%s, 5000)", lost)

    plug = threading.Thread(target=pull_the_plug)

    def about_to(connection: Any, _cursor: Any, statement: str, *_further: Any) -> None:
        if counts(statement) and not lost:
            lost.append(connection.connection.driver_connection.info.backend_pid)
            plug.start()

    event.listen(db.engines[None], "before_cursor_execute", about_to)
    with psycopg.connect(address) as holder:
        holder.execute("SELECT FROM idea_listing WHERE idea_id = %s FOR UPDATE", [number])
        refused = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    assert lost
    plug.join()
    assert_can_be_sent_again(refused, UNSURE)
    assert storm.rows() == {}
    assert figures(number) == (0, 0, 0)
    assert send_again(client, refused).status_code == 303
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


@pytest.mark.parametrize("database", ["postgresql"])
def test_a_connection_lost_just_after_a_write_counts_it_once_when_it_is_sent_again(
    client: Client, fresh: Settings
) -> None:
    """Whether it was saved, nobody can know then."""
    number = idea()
    client.sign_in(resident())
    client.get("/")
    address = fresh.database_url.replace("postgresql+psycopg", "postgresql", 1)
    lost: list[int] = []

    def pull_the_plug(connection: Any, _cursor: Any, statement: str, *_further: Any) -> None:
        if counts(statement) and not lost:
            lost.append(connection.connection.driver_connection.info.backend_pid)
            with psycopg.connect(address, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", lost)

    event.listen(db.engines[None], "after_cursor_execute", pull_the_plug)
    refused = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    assert lost
    assert_can_be_sent_again(refused, UNSURE)
    assert recount.differences() == []
    assert send_again(client, refused).status_code == 303
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


def counts(statement: str) -> bool:
    """Whether a statement changes a figure."""
    return "UPDATE idea_listing" in statement
