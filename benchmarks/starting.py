"""How long the site takes to begin: ``make run`` a second time, and importing it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.drive import Failed
from benchmarks.servers import PORTS, STARTED, WORKERS, Server, environment
from citizen_voice.paths import ROOT

APP, FLASK = "import citizen_voice", "import flask, flask_sqlalchemy"
HIDDEN = ("rich",)
"""What is loaded where it is there (by structlog): the tools for developing bring it along, and
a site in production does not have it."""
_TIMED = (
    "import sys, time; sys.modules |= dict.fromkeys({hidden}); begun = time.process_time(); "
    "{what}; print(time.process_time() - begun)"
)


BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Python keeps what it makes of the sources, whatever this shell says."""


def make_run(folder: Path, rounds: int) -> list[float]:
    """Seconds from ``make run`` until the site is ready, once it has run before."""
    settings = BYTECODE | {
        "CITIZEN_VOICE_INSTANCE": str(folder / "started"),
        "CITIZEN_VOICE_BIND": f"127.0.0.1:{PORTS[STARTED]}",
        "CITIZEN_VOICE_WORKERS": str(WORKERS),
    }
    taken = []
    for _ in range(1 + rounds):
        server = Server(
            ["make", "--no-print-directory", "run"],
            settings,
            PORTS[STARTED],
            folder / "started.log",
            ready="/readyz",
        )
        begun = time.perf_counter()
        with server.start(seconds=120):
            taken.append(time.perf_counter() - begun)
    return taken[1:]


def imports(rounds: int) -> dict[str, list[float]]:
    """Seconds of processor that importing takes in fresh processes, the site and Flask by turns.

    Not seconds by the clock: somebody else on the machine would count twice as much.
    """
    taken: dict[str, list[float]] = {APP: [], FLASK: []}
    for turn in range(rounds + 1):
        for what, times in taken.items():
            done = subprocess.run(
                [sys.executable, "-c", _TIMED.format(what=what, hidden=HIDDEN)],
                cwd=ROOT,
                env=environment(BYTECODE),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Failed(f"{what}: {done.stderr.strip().splitlines()[-1]}")
            if turn:  # the first one wrote what Python keeps of the sources
                times.append(float(done.stdout))
    return taken


def flush_milliseconds(folder: Path, times: int = 40) -> float:
    """How long this disk takes to keep four kilobytes for good: the median."""
    taken = []
    with (folder / "flushed").open("wb") as file:
        for _ in range(times):
            file.write(b"x" * 4_096)
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - begun)
    return sorted(taken)[times // 2] * 1_000
