"""Real workers: `citizen-voice worker` in a process of its own, on the database of a test."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from citizen_voice.config import Settings
from tests.servers.site import COMMAND, LiveSite


class Worker:
    """A worker that runs."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def until(
        self, reached: Callable[[], bool], seconds: float = 300, *, every: float = 0.1
    ) -> None:
        """Wait until something is so, looking every so many seconds.

        Fails where the worker ends before, or where that takes far longer than on a busy machine.
        """
        give_up = time.monotonic() + seconds
        while not reached():
            assert time.monotonic() < give_up, "the worker did not do it"
            assert self.process.poll() is None, "the worker has ended"
            time.sleep(every)

    def kill(self) -> None:
        """End it at once, as a crash would (SIGKILL)."""
        self.process.kill()
        self.process.wait()


def start(settings: Settings, smtp_url: str = "") -> Worker:
    """Start a worker; whoever starts it ends it."""
    site = LiveSite(
        settings.instance,
        database_url=None if settings.sqlite else settings.database_url,
        environment={"CITIZEN_VOICE_SMTP_URL": smtp_url} if smtp_url else None,
    )
    return Worker(
        subprocess.Popen(
            [COMMAND, "worker"],
            env=site._environment(),
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )
    )


@contextmanager
def a_worker(settings: Settings, smtp_url: str = "") -> Iterator[Worker]:
    """A worker that is killed at the end."""
    worker = start(settings, smtp_url)
    try:
        yield worker
    finally:
        worker.kill()
