"""How often widgets are seen: counted in memory, written down once a minute.

A page that is read writes nothing. So each process counts by itself, and a minute after the first
count another thread writes them down, in a transaction of its own; what a process has not written
when it ends in order, it writes then. One that is killed loses a minute at most.
"""

import atexit
import threading
from collections import Counter
from datetime import date
from multiprocessing.util import Finalize
from typing import NamedTuple
from weakref import ref

import structlog
from flask import Flask, current_app

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.widgets import services
from citizen_voice.widgets.models import LONGEST_HOST, counted_as

EVERY = 60.0
MOST_SEEN, MOST_REFUSED = 2_000, 500
"""Different counts of a minute: who makes up hosts fills neither memory nor table."""

_EXTENSION = "citizen_voice.tallies"

log = structlog.get_logger()


class Seen(NamedTuple):
    """What is counted."""

    day: date
    widget_id: int
    kind: str
    host: str


class Refused(NamedTuple):
    """Who was not allowed."""

    widget_id: int
    host: str


class Tallies:
    """The counts of a process. ``every``: after how many seconds they are written down."""

    def __init__(self, app: Flask, every: float = EVERY) -> None:
        self._app = ref(app)
        self._every = every
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._seen: Counter[Seen] = Counter()
        self._refused: dict[Refused, date] = {}

    def saw(self, widget_id: int, kind: str, host: str | None, *, allowed: bool) -> None:
        """Count one view, or note who is not allowed."""
        today = clock.today()
        if len(host or "") > LONGEST_HOST:
            return
        with self._lock:
            if allowed:
                seen = Seen(today, widget_id, kind, host or "")
                if seen in self._seen or len(self._seen) < MOST_SEEN:
                    self._seen[seen] += 1
            elif host:
                refused = Refused(widget_id, host)
                self._refused.pop(refused, None)  # those who came last stand at the end
                self._refused[refused] = today
                self._shorten()
            self._start()

    def write(self) -> None:
        """Write down what was counted; what cannot be written now is counted on."""
        seen, refused = self._taken()
        if not (seen or refused):
            return
        try:
            services.note(seen, refused)
        except BaseException:
            self._put_back(seen, refused)
            raise

    def close(self) -> None:
        """Forget what was counted: the database goes."""
        self._taken()

    def end(self) -> None:
        """The process ends: write down what is left."""
        if self._seen or self._refused:
            self._write_in_time()

    def _start(self) -> None:
        if self._timer is None and (self._seen or self._refused):
            self._timer = threading.Timer(self._every, self._write_in_time)
            self._timer.daemon = True
            self._timer.start()

    def _write_in_time(self) -> None:
        app = self._app()
        if app is None:
            return
        try:
            with app.app_context():
                self.write()
                db.session.remove()
        except Exception:  # nobody waits for it: the next minute tries again
            log.exception("views of widgets were not written")

    def _taken(self) -> tuple[Counter[Seen], dict[Refused, date]]:
        with self._lock:
            timer, self._timer = self._timer, None
            seen, refused = self._seen, self._refused
            self._seen, self._refused = Counter(), {}
        if timer is not None:
            timer.cancel()
        return seen, refused

    def _put_back(self, seen: Counter[Seen], refused: dict[Refused, date]) -> None:
        with self._lock:
            self._seen.update(seen)
            self._refused = refused | self._refused
            self._shorten()
            self._start()

    def _shorten(self) -> None:
        while len(self._refused) > MOST_REFUSED:
            del self._refused[next(iter(self._refused))]


def add(app: Flask) -> None:
    """Give the app, whose database is there, its counts."""
    tallies = app.extensions[_EXTENSION] = Tallies(app)
    atexit.register(tallies.end)
    Finalize(None, tallies.end, exitpriority=10)  # a web process is a fork: atexit passes it by


def saw(widget_id: int | None, kind: str, host: str | None, allowed: bool) -> None:
    """Count a view of a widget, or of an address without one (``None``), in a host's page.

    ``allowed``: whether the host may show it. One that may not is noted, unless it is empty.
    """
    of(current_app).saw(counted_as(widget_id), kind, host, allowed=allowed)


def of(app: Flask) -> Tallies:
    """The counts of an app."""
    found: Tallies = app.extensions[_EXTENSION]
    return found
