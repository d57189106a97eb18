"""The servers that are measured: the site as production starts it, and the floors beside it."""

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from benchmarks.drive import Failed, Request, ask
from citizen_voice.paths import ROOT
from tests.servers.processes import die_with_parent

SITE, FLOORS, STARTED = "site", "floors", "started"
PORTS = {SITE: 18_470, FLOORS: 18_471, STARTED: 18_472}
WORKERS = 2
COMMAND = Path(sys.executable).with_name("citizen-voice")


class PortTaken(Exception):
    """Somebody listens on a port that the benchmarks need."""


class DidNotStart(Exception):
    """A server did not come up. Carries the end of what it printed."""


def refuse_taken_ports() -> None:
    """Raise ``PortTaken`` while anything holds one of the ports: an orphan would be measured."""
    for port in PORTS.values():
        if taken(port):
            raise PortTaken(
                f"Something listens on 127.0.0.1:{port}, perhaps what is left of an earlier run. "
                f"Find it (ss -ltnp 'sport = :{port}'), end it, and start again."
            )


def taken(port: int) -> bool:
    """Whether anything listens on a port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return True
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


class Server:
    """A server in a process group of its own, which ends with this process at the latest."""

    def __init__(
        self,
        command: list[str],
        environment: Mapping[str, str],
        port: int,
        log: Path,
        *,
        ready: str,
    ) -> None:
        """``ready`` is the address that answers 200 once the server is up."""
        self.port = port
        self._command, self._environment = command, environment
        self._log, self._ready = log, ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 60) -> Self:
        """Start and wait until it is ready. Raises ``DidNotStart``."""
        if taken(self.port):
            raise PortTaken(f"Something listens on 127.0.0.1:{self.port}.")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=environment(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )
        atexit.register(self.stop)
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up and self._process.poll() is None:
            with suppress(Failed):
                if ask(self.port, Request(self._ready)).status == 200:
                    return self
            time.sleep(0.02)
        self.stop()
        said = self._log.read_text(errors="replace").splitlines()
        raise DidNotStart("\n".join([f"{' '.join(self._command)} did not start:", *said[-30:]]))

    @property
    def pid(self) -> int:
        """The main process, which is also the process group."""
        assert self._process is not None, "start it first"
        return self._process.pid

    def web_processes(self) -> list[int]:
        """The processes that serve requests: children of the main one that run its command."""
        mine = _command_line(self.pid)
        return [child for child in _children(self.pid) if _command_line(child) == mine]

    def stop(self) -> None:
        """End the whole process group, and wait until the port is free."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.stop)
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(12)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        give_up = time.monotonic() + 10
        while taken(self.port) and time.monotonic() < give_up:
            time.sleep(0.02)

    def __enter__(self) -> Self:
        return self if self._process else self.start()

    def __exit__(self, *_raised: object) -> None:
        self.stop()


def settings(instance: Path, database_url: str | None) -> dict[str, str]:
    """The settings of a site in production, with harmless addresses."""
    given = {
        "CITIZEN_VOICE_ENV": "production",
        "CITIZEN_VOICE_INSTANCE": str(instance),
        "CITIZEN_VOICE_BIND": f"127.0.0.1:{PORTS[SITE]}",
        "CITIZEN_VOICE_WORKERS": str(WORKERS),
        "CITIZEN_VOICE_BASE_URL": "https://voice.example.org",
        "CITIZEN_VOICE_SMTP_URL": "smtp://127.0.0.1:9",
        "CITIZEN_VOICE_MAIL_FROM": "voice@example.org",
    }
    return given | ({"CITIZEN_VOICE_DATABASE_URL": database_url} if database_url else {})


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with no settings of the site's but those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CITIZEN_VOICE_")}
    return kept | dict(given)


def site(given: Mapping[str, str], log: Path) -> Server:
    """The site as production starts it."""
    return Server([str(COMMAND), "serve"], given, PORTS[SITE], log, ready="/readyz")


def floors(given: Mapping[str, str], log: Path) -> Server:
    """The floors, on the same server and database, with as many processes and threads."""
    command = [sys.executable, "-m", "benchmarks.floors"]
    return Server(command, given, PORTS[FLOORS], log, ready="/hello")


def worked_seconds(pids: Iterable[int]) -> float:
    """The time that some processes have spent on a processor so far."""
    ticks = 0
    for pid in pids:
        with suppress(OSError):  # it ended meanwhile
            fields = (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            )
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_megabytes(pid: int) -> float:
    """The memory of a process that is in RAM, shared pages included."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(status.parent.name))
    return sorted(found)


def _command_line(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
