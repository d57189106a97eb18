"""What is read once and kept until anything is committed, so that it is never stale.

``state()`` is a mark of what is committed: while two marks are equal, nothing was committed between
them. SQLite tells by ``PRAGMA data_version`` on a connection that never writes, PostgreSQL by
``pg_current_snapshot()``. Any commit makes another mark, whatever it changed. After a crash
PostgreSQL may number other transactions as it did those that never came onto the disk, so each new
connection makes another mark, too.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, has_request_context
from sqlalchemy import Engine, event, text
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
_STATE = "state"
_VERSION = "PRAGMA data_version"
_SNAPSHOT = "SELECT CAST(pg_current_snapshot() AS text)"


class _Watch:
    """The connection that looks whether SQLite's database has changed, one a process.

    It is of no pool: whoever looks may hold the pool's last.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def look(self) -> State:
        """The number that changes with every commit, and whose number it is."""
        with self._lock:
            try:
                if self._connection is None or self._process != os.getpid():
                    self._connection = sqlite3.connect(self._path, check_same_thread=False)
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


class _Snapshots:
    """Looks whether PostgreSQL's database has changed, by a connection of the read pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connected = 0
        event.listen(engine, "connect", self._on_connect)

    def _on_connect(self, _connection: object, _record: object) -> None:
        self._connected += 1

    def look(self) -> State:
        """What changes with every transaction that writes."""
        with self._engine.connect() as connection:
            return self.mark(connection.exec_driver_sql(_SNAPSHOT).scalar_one())

    def mark(self, snapshot: str) -> State:
        """A snapshot, and how often this process has connected until then."""
        return self._connected, snapshot

    def close(self) -> None:
        """Nothing: the connections are the pool's."""


def add(app: Flask) -> None:
    """Give the app, whose database is there, a place for what it keeps."""
    with app.app_context():
        engine = db.engines["read"]
    lite = engine.dialect.name == "sqlite"
    watch = _Watch(engine.url.database or "") if lite else _Snapshots(engine)
    app.extensions[_EXTENSION] = (watch, Bounded(MOST_KEPT))


def forget() -> None:
    """Have everything read anew, as after a commit."""
    current_app.extensions[_EXTENSION][1].clear()


def look(app: Flask) -> State:
    """A mark of what is committed, outside of any request.

    Raises ``sqlalchemy.exc.OperationalError`` where the database does not answer.
    """
    found: State = app.extensions[_EXTENSION][0].look()
    return found


def close() -> None:
    """Let go of the database, at the end or before a fork."""
    current_app.extensions[_EXTENSION][0].close()


def note(name: str, value: Any) -> None:
    """Have a request remember what it read, until it writes."""
    if has_request_context():
        db.session().info.setdefault("noted", {})[name] = value


def noted(name: str) -> Any:
    """What the request has read before; ``None`` for nothing."""
    return db.session().info.get("noted", {}).get(name)


def forget_state() -> None:
    """Have the request look again what is committed: it has committed."""
    db.session().info.get("noted", {}).pop(_STATE, None)


def forget_notes() -> None:
    """Have the request read anew."""
    db.session().info.pop("noted", None)


def state() -> State:
    """A mark of what is committed. A request asks once, before it reads."""
    found: State = noted(_STATE)
    if found is None:
        found = _look()
        note(_STATE, found)
    return found


def _look() -> State:
    if dialect() == "sqlite":
        return look(current_app)
    return _mark(db.session.execute(text(_SNAPSHOT)).scalar_one())


def note_state(snapshot: str) -> None:
    """The state as a statement of this request has brought it along (PostgreSQL)."""
    note(_STATE, _mark(snapshot))


def _mark(snapshot: str) -> State:
    found: State = current_app.extensions[_EXTENSION][0].mark(snapshot)
    return found


def kept_by(mark: Callable[[], Hashable]) -> Callable[[Callable[P, Value]], Callable[P, Value]]:
    """Have what a function read kept as long as ``mark()`` is the same.

    It gives something that nobody changes, and has arguments that can be keys. Inside ``write()``
    it reads afresh.
    """

    def keep(read: Callable[P, Value]) -> Callable[P, Value]:
        @wraps(read)
        def keeping(*args: P.args, **kwargs: P.kwargs) -> Value:
            if db.session().info.get("writing"):
                return read(*args, **kwargs)
            now = mark()
            values: dict[Any, tuple[Hashable, Value]] = current_app.extensions[_EXTENSION][1]
            key = (read, args, tuple(kwargs.items()))
            found = values.get(key)
            if found is not None and found[0] == now:
                return found[1]
            value = read(*args, **kwargs)
            values[key] = (now, value)
            return value

        return keeping

    return keep


kept = kept_by(state)
"""Have what a function read kept until anything is committed."""
