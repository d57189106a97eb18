"""What is read once and kept until anything is committed, so that it is never stale.

``state()`` is a mark of what is committed: while two marks are equal, nothing was committed between
them. SQLite tells by ``PRAGMA data_version`` on a connection that never writes, PostgreSQL by
``pg_current_snapshot()``. Any commit makes another mark, whatever it changed.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, has_request_context
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from citizen_voice.db import db, dialect


class Bounded(dict[Any, Any]):
    """A dictionary of so many items at most: the oldest makes room for a new one."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: Any, value: Any) -> None:
        if key not in self and len(self) >= self._most:
            self.pop(next(iter(self)), None)
        super().__setitem__(key, value)


P = ParamSpec("P")
Value = TypeVar("Value")
State = Hashable
MOST_KEPT = 4096

_EXTENSION = "citizen_voice.kept"
_VERSION = "PRAGMA data_version"
_SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")


class _Watch:
    """The connection that looks whether SQLite's database has changed, one a process.

    It is of no pool: whoever looks may hold the pool's last.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def look(self) -> State:
        """The number that changes with every commit, and whose number it is."""
        with self._lock:
            try:
                if self._connection is None or self._process != os.getpid():
                    path = db.engines["read"].url.database or ""
                    self._connection = sqlite3.connect(path, check_same_thread=False)
                    self._process = os.getpid()
                return self._process, self._connection.execute(_VERSION).fetchone()[0]
            except sqlite3.Error as error:
                raise OperationalError(_VERSION, None, error) from error

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None


def add(app: Flask) -> None:
    """Give the app a place for what it keeps."""
    app.extensions[_EXTENSION] = (_Watch(), Bounded(MOST_KEPT))

    @app.before_request
    def forget_state() -> None:
        db.session().info.pop("state", None)


def forget() -> None:
    """Have everything read anew, as after a commit."""
    current_app.extensions[_EXTENSION][1].clear()


def close() -> None:
    """Let go of the database, at the end or before a fork."""
    current_app.extensions[_EXTENSION][0].close()


def state() -> State:
    """A mark of what is committed. A request asks once, before it reads."""
    if not has_request_context():
        return _look()
    info = db.session().info
    if "state" not in info:
        info["state"] = _look()
    noted: State = info["state"]
    return noted


def _look() -> State:
    if dialect() == "sqlite":
        watch: _Watch = current_app.extensions[_EXTENSION][0]
        return watch.look()
    found: State = db.session.execute(_SNAPSHOT).scalar_one()
    return found


def note_state(found: State) -> None:
    """The state as a statement of this request has brought it along (PostgreSQL)."""
    if has_request_context():
        db.session().info["state"] = found


def kept(read: Callable[P, Value]) -> Callable[P, Value]:
    """Have what a function read kept until anything is committed.

    It gives something that nobody changes, and has arguments that can be keys. Inside ``write()``
    it reads afresh.
    """

    @wraps(read)
    def keeping(*args: P.args, **kwargs: P.kwargs) -> Value:
        if db.session().info.get("writing"):
            return read(*args, **kwargs)
        now = state()
        values: dict[Any, tuple[State, Value]] = current_app.extensions[_EXTENSION][1]
        key = (read, args, tuple(kwargs.items()))
        found = values.get(key)
        if found is not None and found[0] == now:
            return found[1]
        value = read(*args, **kwargs)
        values[key] = (now, value)
        return value

    return keeping
