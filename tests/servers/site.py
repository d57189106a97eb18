"""The real site, started as its users start it: `citizen-voice serve` in a process of its own."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.processes import die_with_parent, free_port

COMMAND = Path(sys.executable).with_name("citizen-voice")
"""The console script beside the interpreter that runs the tests."""


class SiteDown(Exception):
    """The site did not start, or a command failed. Carries the end of what was printed."""


class LiveSite:
    """One installation: an instance folder, perhaps a database, and the server on them.

    `with LiveSite(folder) as site: …` starts and stops it. Before the first start the database
    needs its tables: `site.command("migrate")` or `site.command("demo")`.
    """

    def __init__(
        self,
        instance: Path,
        *,
        database_url: str | None = None,
        workers: int = 1,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Describe an installation; nothing runs yet.

        `instance` is its folder (made when missing), `database_url` PostgreSQL's address (SQLite
        in the instance otherwise), `environment` further settings, such as CITIZEN_VOICE_SMTP_URL.
        """
        self.instance = instance
        self.instance.mkdir(parents=True, exist_ok=True)
        self.log = instance.with_name(f"{instance.name}.log")
        self._port = free_port()
        self._settings = {
            "CITIZEN_VOICE_ENV": "development",
            "CITIZEN_VOICE_INSTANCE": str(instance),
            "CITIZEN_VOICE_WORKERS": str(workers),
            "PYTHONUNBUFFERED": "1",
        }
        if database_url:
            self._settings["CITIZEN_VOICE_DATABASE_URL"] = database_url
        self._settings |= environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._has_run = False

    @property
    def base_url(self) -> str:
        """The site's address, without a slash at its end. It stays the same over restarts."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The process id of the server's main process, which is also its process group."""
        assert self._process is not None, "start the site first"
        return self._process.pid

    def command(self, *arguments: str, expect: int = 0, seconds: float = 600) -> str:
        """Run `citizen-voice <arguments>` on this installation and give what it printed.

        Raises SiteDown when it exits with another code than `expect`.
        """
        done = subprocess.run(
            [COMMAND, *arguments],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode != expect:
            raise SiteDown(
                f"citizen-voice {' '.join(arguments)}: exit code {done.returncode}, expected"
                f" {expect}\n{_tail(done.stdout)}"
            )
        return done.stdout

    def start(self, seconds: float = 60) -> Self:
        """Start the server and wait until `/readyz` answers 200. Raises SiteDown if it does not."""
        assert self._process is None, "the site already runs"
        for _ in range(5):
            if self._start_once(seconds):
                self._has_run = True
                return self
            said = self.log.read_text(errors="replace") if self.log.exists() else ""
            self.kill()
            if self._has_run or "in use" not in said:
                break
            self._port = free_port()  # somebody else was quicker
        raise SiteDown(f"{COMMAND.name} serve was not ready within {seconds} s:\n{_tail(said)}")

    def stop(self, seconds: float = 10) -> int | None:
        """Ask the server to end (SIGTERM), then end whatever is left of it.

        Gives its exit code: None when it did not run, negative when it had to be killed.
        """
        if self._process is None:
            return None
        process = self._process
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        self.kill()
        return process.returncode

    def kill(self) -> None:
        """End the server and everything it started at once, as a crash would (SIGKILL)."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _wait_until_gone(process.pid)

    def restart(self, seconds: float = 15) -> Self:
        """Start the server again on the same data and address, after `kill()` or while it runs."""
        self.stop()
        return self.start(seconds)

    def __enter__(self) -> Self:
        return self if self._process else self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("CITIZEN_VOICE_")}
        return kept | {"CITIZEN_VOICE_BIND": f"127.0.0.1:{self._port}"} | self._settings

    def _start_once(self, seconds: float) -> bool:
        with self.log.open("wb" if not self._has_run else "ab") as log:
            self._process = subprocess.Popen(
                [COMMAND, "serve"],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if self._process.poll() is not None:
                return False
            if self._is_ready():
                return True
            time.sleep(0.05)
        return False

    def _is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _wait_until_gone(group: int, seconds: float = 5) -> None:
    """Wait until no process of this group is left (killed ones take a moment)."""
    give_up = time.monotonic() + seconds
    with suppress(ProcessLookupError):
        while time.monotonic() < give_up:
            os.killpg(group, 0)
            if not _living(group):
                return
            time.sleep(0.01)


def _living(group: int) -> bool:
    """Whether a process of the group is more than an entry that its parent has not collected."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            state, _parent, its_group = status.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                return True
    return False


def _tail(text: str, lines: int = 40) -> str:
    return "\n".join(text.splitlines()[-lines:])
