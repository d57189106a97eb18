"""Driving a server with wrk, from a process of its own."""

import http.client
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("drive.lua")
PATIENCE = 10


class NoDriver(Exception):
    """wrk is not installed; the message says what to do."""


class Failed(Exception):
    """A server refused what it was asked, or did not answer; the message says what happened."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``headers`` come on top of those that wrk sends."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: requests a second, and times in milliseconds.

    ``cpu`` is what the web processes worked on a request, in microseconds.
    """

    rate: float
    requests: int
    p50: float
    p95: float
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body in words."""
        return self.body.decode()


def require_driver() -> None:
    """Raise ``NoDriver`` where wrk is not installed."""
    if shutil.which("wrk") is None:
        raise NoDriver("The benchmarks need wrk. Run tools/wrk, or install it (Debian: wrk).")


def drive(port: int, requests: Sequence[Request], seconds: int) -> Run:
    """Send requests over sixteen connections for some whole seconds.

    Raises ``Failed`` where any of them was refused or lost.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as listed:
        listed.write(_lua(requests))
        listed.flush()
        try:
            done = subprocess.run(
                [
                    "wrk",
                    "--threads=1",  # one list, so that nobody sends two things at once
                    f"--connections={CONNECTIONS}",
                    f"--duration={seconds}s",
                    f"--timeout={PATIENCE}s",
                    f"--script={SCRIPT}",
                    f"http://127.0.0.1:{port}",
                ],
                env=os.environ | {"CITIZEN_VOICE_BENCH_REQUESTS": listed.name},
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds + 3 * PATIENCE,
            )
        except subprocess.TimeoutExpired:
            raise Failed(f"wrk did not end in {seconds + 3 * PATIENCE} s") from None
    if done.returncode:
        raise Failed(f"wrk: {(done.stderr or done.stdout).strip()}")
    return heard(done.stdout)


def heard(said: str) -> Run:
    """What wrk's last line says. Raises ``Failed`` where a request was refused or lost."""
    try:
        found = json.loads(said.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise Failed(f"wrk said nothing of use: {said[-200:]!r}") from None
    if found["refused"] or found["lost"]:
        raise Failed(
            f"of {found['requests']} requests {found['refused']} were refused "
            f"and {found['lost']} lost"
        )
    return Run(
        rate=found["requests"] / (found["microseconds"] / 1e6),
        requests=found["requests"],
        p50=found["p50"] / 1_000,
        p95=found["p95"] / 1_000,
    )


def ask(port: int, request: Request) -> Answer:
    """Send one request and read the answer. Raises ``Failed`` where none comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(request.method, request.path, request.body, dict(request.headers))
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())
    except (OSError, http.client.HTTPException) as error:
        raise Failed(f"{request.method} {request.path}: {error!r}") from error
    finally:
        connection.close()


def _lua(requests: Sequence[Request]) -> str:
    """The list as a file of Lua."""
    lines = ["return {"]
    for one in requests:
        headers = ", ".join(
            f"[{_quoted(name)}] = {_quoted(value)}" for name, value in one.headers.items()
        )
        body = "" if one.body is None else f", body = {_quoted(one.body)}"
        lines.append(
            f"  {{method = {_quoted(one.method)}, path = {_quoted(one.path)}, "
            f"headers = {{{headers}}}{body}}},"
        )
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    """A string of Lua: its bytes by number, wherever they are not plain."""
    plain = (
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03d}"
        for byte in text.encode()
    )
    return '"' + "".join(plain) + '"'
