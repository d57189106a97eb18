"""A database that is locked, full, gone or pulled away: nothing half-saved, nothing typed lost."""

import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from werkzeug.test import TestResponse

from citizen_voice import create_app
from citizen_voice import db as database_module
from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.errors import Busy
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.limits import LimitHit
from tests.client import Client, FormFinder
from tests.conftest import migrated, settings
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.faults.resident import Resident
from tests.servers.postgres import PostgresServer
from tests.servers.site import LiveSite

TITLE = "A zebra crossing at Mill Lane"
BODY = "Children cross there <every> day & nobody stops."
Tab = Callable[..., Resident]
SENT = {"title": TITLE, "body": BODY, "lang": "en", "place": ""}


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a second for a lock, not five."""
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 1)


# -- locked ---------------------------------------------------------------------------------------


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


# -- full -----------------------------------------------------------------------------------------


class SmallDisk:
    """Where the database lies. ``fill`` leaves no room, ``make_room`` gives it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mounted = False
        self._ballast = folder / "ballast"
        with suppress(FileNotFoundError):
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder],
                capture_output=True,
                check=False,
            )
            self.mounted = done.returncode == 0

    def fill(self) -> None:
        """Not a byte is left."""
        if not self.mounted:
            self._limit("PRAGMA max_page_count = 1")  # which means: as many as there are now
            fill_pages()
            return
        with self._ballast.open("ab", buffering=0) as ballast, suppress(OSError):
            for size in (65_536, 4_096, 1):
                with suppress(OSError):
                    while True:
                        ballast.write(b"\0" * size)

    def make_room(self) -> None:
        """Somebody deletes something."""
        if not self.mounted:
            self._limit("PRAGMA max_page_count = 1000000")
            return
        self._ballast.unlink()

    def _limit(self, pragma: str) -> None:
        engine = db.engines[None]
        engine.dispose()
        event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma))

    def close(self) -> None:
        """Take the disk away."""
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.folder], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir()
    disk = SmallDisk(folder)
    if not disk.mounted:
        print("No disk can be mounted here: SQLite's page limit stands in.")  # noqa: T201
    yield disk
    disk.close()


@pytest.fixture
def on_small_disk(small_disk: SmallDisk, sqlite_template: Path, tmp_path: Path) -> Iterator[Client]:
    """A browser at a site whose database lies on the small disk."""
    place = small_disk.folder / "citizen-voice.db"
    place.write_bytes(sqlite_template.read_bytes())
    app = create_app(settings(tmp_path / "instance", f"sqlite:///{place}"), pool_size=4)
    app.testing = True
    app.test_client_class = Client
    with app.app_context():
        client = app.test_client()
        assert isinstance(client, Client)
        yield client
        let_go()
    app.extensions["citizen_voice.jobs"].close()


def test_a_full_disk_loses_nothing_and_gives_back_what_was_typed(
    on_small_disk: Client, small_disk: SmallDisk
) -> None:
    client = on_small_disk
    address, number = suggesting(client)
    small_disk.fill()
    for _ in range(10):  # what room its last pages have is used up at last
        before = saved()
        refused = client.send(address, SENT)
        if refused.status_code != 303:
            break
    assert_typed_is_given_back(refused)
    answered = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    assert answered.status_code in (303, 503)  # it may fit where something was deleted
    assert_reading_works(client, number)
    assert len(storm.rows()) == (answered.status_code == 303)
    assert saved() == before
    assert recount.differences() == []
    small_disk.make_room()
    assert send_again(client, refused).status_code == 303
    assert saved() == before + 1
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "oppose"}).status_code == 303
    assert figures(number) == (0, 1, 0)
    assert recount.differences() == []
    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def fill_pages() -> None:
    """Write until a write fails."""
    with suppress(Busy):
        while True:
            with write():
                db.session.add(
                    LimitHit(scope="filler", subject=os.urandom(16).hex(), window_end=1, hits=1)
                )


# -- gone -----------------------------------------------------------------------------------------


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
    number, person = idea(), resident()
    client.sign_in(person)
    client.get("/")
    address = fresh.database_url.replace("postgresql+psycopg", "postgresql", 1)
    lost: list[int] = []

    def pull_the_plug(connection: Any, _cursor: Any, statement: str, *_further: Any) -> None:
        """The answer is written and its figure is about to be: there the connection ends."""
        if statement.startswith("UPDATE idea_listing") and not lost:
            lost.append(connection.connection.driver_connection.info.backend_pid)
            with psycopg.connect(address, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", lost)

    event.listen(db.engines[None], "before_cursor_execute", pull_the_plug)
    refused = client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    assert lost
    assert_can_be_sent_again(refused)
    assert storm.rows() == {}
    assert figures(number) == (0, 0, 0)
    assert send_again(client, refused).status_code == 303
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


# -- at once --------------------------------------------------------------------------------------


def test_eight_threads_suggest_and_every_idea_has_a_number_of_its_own(app: Flask) -> None:
    asked = challenge()
    persons = [resident() for _ in range(8)]
    start = threading.Barrier(8)

    def suggest(person: UUID) -> list[int]:
        numbers = []
        with app.app_context():
            start.wait()
            for time in range(6):
                with write():
                    made = ideas.propose(
                        person,
                        asked.id,
                        title=TITLE,
                        body=f"{person}, time {time}",
                        language="en",
                        topic_id=None,
                        ward_id=None,
                    )
                    numbers.append(made.id)
        return numbers

    with ThreadPoolExecutor(8) as threads:
        numbers = [number for made in threads.map(suggest, persons) for number in made]
    assert sorted(numbers) == list(range(min(numbers), min(numbers) + 48))
    assert {row.id for row in db.session.execute(select(Idea.id))} == set(numbers)
    for model in (IdeaVersion, IdeaListing):
        found = db.session.execute(select(model.idea_id)).scalars().all()
        assert sorted(found) == sorted(numbers)
    assert recount.differences() == []


def test_a_double_click_counts_once(site: LiveSite, tab: Tab) -> None:
    asked, person = challenge(), resident()
    numbers = [idea(asked) for _ in range(5)]
    let_go()
    site.start()
    first, second = tab(site, person, numbers[0]), tab(site, person, numbers[0])
    second.headers = first.headers  # the same browser
    token = token_of(first, numbers[0])
    values = ("support", "oppose", "none", "skip")
    with ThreadPoolExecutor(2) as fingers:
        for turn in range(20):
            number, value = numbers[turn % 5], values[turn % 4]
            both = threading.Barrier(2)

            def click(
                who: Resident, number: int = number, value: str = value, both: Any = both
            ) -> int:
                both.wait()
                form = {"value": value, "csrf_token": token}
                return post(who, f"/ideas/CV-{number}/answer", form)[0]

            assert list(fingers.map(click, (first, second))) == [303, 303]
            said = storm.rows().get((person, number), "none")
            assert said == value
            expected = tuple(int(value == name) for name in ("support", "oppose", "skip"))
            assert figures(number) == expected
    assert recount.differences() == []


def test_two_who_change_one_answer_at_once_leave_one_of_theirs(app: Flask) -> None:
    """Two tabs of one person: whichever comes last stays, and is counted once."""
    number, person = idea(), resident()
    start = threading.Barrier(4)

    def change(value: str) -> None:
        with app.app_context():
            start.wait()
            for _ in range(10):
                with write():
                    answers.cast(person, number, value)

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(change, ("support", "oppose", "skip", "none")))
    assert sum(figures(number)) == len(storm.rows())
    assert recount.differences() == []


# -- what is expected each time -------------------------------------------------------------------


def assert_can_be_sent_again(answer: TestResponse) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Nothing was changed. Please try again soon." in answer.text
    assert "Send it again" in answer.text


def assert_typed_is_given_back(answer: TestResponse) -> None:
    assert_can_be_sent_again(answer)
    assert "What you typed is here" in answer.text
    assert TITLE in answer.text
    assert "Children cross there &lt;every&gt; day &amp; nobody stops." in answer.text


def assert_reading_works(client: Client, number: int) -> None:
    for address in ("/", "/ideas", f"/ideas/CV-{number}", "/challenges", "/cy/ideas"):
        assert client.get(address).status_code == 200, address


def send_again(client: Client, answer: TestResponse) -> TestResponse:
    """Press the button of the page."""
    forms = FormFinder(answer.text, answer.request.path).forms
    form = next(each for each in forms if each["action"] == answer.request.path)
    return client.post(form["action"], data=form["fields"])


def suggesting(client: Client) -> tuple[str, int]:
    """Somebody is signed in and has read the form; gives its address, and an idea to read."""
    asked = challenge()
    number = idea(asked)
    client.sign_in(resident())
    address = f"/challenges/{asked.slug}/suggest"
    client.send("/cookies")  # which finds their token
    assert client.get(address).status_code == 200
    return address, number


def saved() -> int:
    """How many ideas there are; each is whole."""
    db.session.rollback()
    numbers = [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Idea, IdeaVersion, IdeaListing)
    ]
    assert len(set(numbers)) == 1
    return numbers[0] or 0


@pytest.fixture
def tab() -> Iterator[Callable[..., Resident]]:
    """Open a browser's tab at a real server, with a connection of its own."""
    tabs: list[Resident] = []

    def opened(site: LiveSite, person: UUID | None, number: int) -> Resident:
        tabs.append(Resident(storm.who(site, person, [number])))
        tabs[-1].connect()
        return tabs[-1]

    yield opened
    for each in tabs:
        each.close()


def token_of(who: Resident, number: int) -> str:
    _status, _place, body = who.ask("GET", f"/ideas/CV-{number}", None, who.headers)
    return str(FormFinder(body).forms[0]["fields"]["csrf_token"])


def post(who: Resident, address: str, form: dict[str, str]) -> tuple[int, str | None, str]:
    headers = who.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    return who.ask("POST", address, urlencode(form), headers)
