"""Somebody who commits all the time, to a row that no page shows, so that every page must look.

``python -m benchmarks.beside`` does so until it is told to stop, and prints commits a second. It
does not wait for the disk: it is there to be noticed, and should take little from the others.
"""

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.servers import environment
from citizen_voice import config
from citizen_voice.config import Settings
from citizen_voice.paths import ROOT
from tests.servers.processes import die_with_parent

PAUSE = 0.0003
TOUCH = "UPDATE bench_touched SET times = times + 1 WHERE id = 1"


@dataclass
class Commits:
    """How many a second there were, known at the end."""

    rate: float = 0.0


@contextmanager
def committing(settings: Mapping[str, str]) -> Iterator[Commits]:
    """Somebody commits inside the block."""
    commits = Commits()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.beside"],
        cwd=ROOT,
        env=environment(settings),
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGKILL),  # noqa: PLW1509
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        try:
            yield commits
        finally:
            process.terminate()
            commits.rate = float(process.stdout.readline() or 0)


def main() -> None:
    """Commit until stopped."""
    settings = config.load()
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    touches = _sqlite(settings) if settings.sqlite else _postgresql(settings)
    times, begun = 0, time.perf_counter()
    for number in touches:
        if not times:
            print("begun", flush=True)
        times += number
        if told:
            break
    print(times / (time.perf_counter() - begun), flush=True)


def _sqlite(settings: Settings) -> Iterator[int]:
    connection = sqlite3.connect(
        settings.database_url.removeprefix("sqlite:///"), isolation_level=None, timeout=5
    )
    connection.execute("PRAGMA synchronous = OFF")
    while True:
        connection.execute(TOUCH)
        yield 1
        time.sleep(PAUSE)


def _postgresql(settings: Settings) -> Iterator[int]:
    """In the server itself, which saves a round trip a commit."""
    import psycopg  # noqa: PLC0415  # not needed for SQLite

    url = settings.database_url.replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        while True:
            connection.execute(
                f"DO $$ BEGIN FOR turn IN 1..100 LOOP {TOUCH}; COMMIT; "
                f"PERFORM pg_sleep({PAUSE}); END LOOP; END $$"
            )
            yield 100


if __name__ == "__main__":
    main()
