"""The database: two engines, one way to write.

Reads go through an engine that cannot write: SQLite with ``query_only``, PostgreSQL with read-only
transactions. ``with write():`` is the place that commits; answers alone have their own
(``answers.acts``).
"""

import fcntl
import os
import select
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

import uuid_utils
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, Executable, MetaData, Row, Select, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from citizen_voice.columns import Key as Key  # noqa: PLC0414  # columns of models come from here
from citizen_voice.columns import Moment as Moment  # noqa: PLC0414
from citizen_voice.columns import lend_mathematics
from citizen_voice.config import Settings
from citizen_voice.errors import Busy

AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

BUSY_SECONDS = 5
PREPARED_AFTER = 2
_STAYS = {"stays": True}


class Base(DeclarativeBase):
    """The base of all models; constraints are named by convention, so that migrations can."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {uuid.UUID: Key(), datetime: Moment()}


class RoutedSession(FlaskSession):
    """A session that reads through the engine that cannot write, except inside ``write()``.

    It holds one connection to read by, from the first need of it until it ends or rolls back.
    """

    _reading: Connection | None = None

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        """Where a statement goes."""
        return db.engines[None] if self.info.get("writing") else self.reading()

    def reading(self) -> Connection:
        """The connection to read by."""
        if self._reading is None:
            self._reading = db.engines["read"].connect()
        return self._reading

    def rollback(self) -> None:
        """Forget what was read, and let the connection go."""
        super().rollback()
        self._let_go()

    def close(self) -> None:
        """Forget what was read, and let the connection go."""
        super().close()
        self._let_go()

    def _let_go(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": RoutedSession})


def new_key() -> uuid.UUID:
    """A fresh UUIDv7 (RFC 9562): later keys sort later, so they are kind to an index."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def configure(app: Flask, settings: Settings, *, pool_size: int = 8) -> None:
    """Give the app its two engines. ``pool_size`` is the number of threads that serve requests."""
    pool: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": 30,
        "hide_parameters": True,  # what people typed is for no log
    }
    if settings.sqlite:
        arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        read = write_options = pool | {"connect_args": arguments}
    else:
        options = "-c timezone=UTC"
        reads = options + " -c default_transaction_read_only=on"
        writes = f"{options} -c lock_timeout={2 * BUSY_SECONDS}s"
        waits = {"connect_timeout": BUSY_SECONDS}
        read = pool | {
            "isolation_level": "AUTOCOMMIT",
            "connect_args": waits | {"options": reads},
        }
        write_options = pool | {"connect_args": waits | {"options": writes}}
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = write_options
    app.config["SQLALCHEMY_BINDS"] = {"read": {"url": settings.database_url} | read}
    db.init_app(app)
    with app.app_context():
        if settings.sqlite:
            _prepare_sqlite(db.engines[None], reads_only=False)
            _prepare_sqlite(db.engines["read"], reads_only=True)
        else:
            for engine in db.engines.values():
                _notice_lost_connections(engine)
            _prepare_what_stays(db.engines["read"])
    if settings.sqlite:
        app.extensions["citizen_voice.queue"] = WriterQueue(settings.instance / "write.lock")


def _prepare_sqlite(engine: Engine, *, reads_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: IMMEDIATE for writers, none for readers
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -4000")
        lend_mathematics(connection)
        connection.execute("PRAGMA secure_delete = ON")  # zeros over what somebody erased
        if reads_only:
            connection.execute("PRAGMA query_only = ON")

    if not reads_only:

        @event.listens_for(engine, "begin")
        def on_begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _notice_lost_connections(engine: Engine) -> None:
    """Have a connection whose server went away replaced before anybody is given it.

    An idle connection has nothing to read, unless the other end has said farewell or is gone. To
    look costs microseconds; to ask the server (``pool_pre_ping``) costs a round trip each time.
    """

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, _record: object, _proxy: object) -> None:
        poll = select.poll()
        if not connection.closed:
            poll.register(connection.fileno(), select.POLLIN)
        if connection.closed or poll.poll(0):
            raise DisconnectionError


def _prepare_what_stays(engine: Engine) -> None:
    """Have PostgreSQL keep the plans of statements that are the same for every value.

    To plan the page of a list takes it longer than to read it. But where a value decides (filters,
    words), a plan for any value can take a hundred times the time of the plan for this one: such a
    statement is planned anew (see ``rows``).
    """

    @event.listens_for(engine, "before_cursor_execute")
    def choose(_connection: Any, cursor: Any, *rest: Any) -> None:
        context = rest[2]
        stays = context is not None and context.execution_options.get("stays", False)
        cursor.connection.prepare_threshold = PREPARED_AFTER if stays else None


class WriterQueue:
    """Lets SQLite's writers through one at a time: a lock for threads, a file's for processes.

    Without it, writers that wait inside SQLite sleep and starve each other.
    """

    def __init__(self, path: os.PathLike[str]) -> None:
        self._path = path
        self._threads = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn; raises ``Busy`` when that takes too long."""
        patience = 2 * BUSY_SECONDS
        deadline = time.monotonic() + patience
        if not self._threads.acquire(timeout=patience):
            raise Busy
        try:
            handle = self._open()
            try:
                self._lock(handle, deadline)
                yield
            finally:
                os.close(handle)  # which lets the lock go, too
        finally:
            self._threads.release()

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:  # the disk is full, and the file was not there yet
            raise Busy from error

    def _lock(self, handle: int, deadline: float) -> None:
        pause = 0.0002
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Busy from None
                time.sleep(pause)
                pause = min(pause * 1.5, 0.004)
            else:
                return


@contextmanager
def write() -> Iterator[None]:
    """One act, one transaction: commits at the end, rolls back whatever raises.

    What the request read before is read again inside, fresh. Raises ``Busy`` where the database
    cannot take a write now (locked, disk full); nothing is saved then.
    """
    session: Any = db.session()
    if session.info.get("writing"):
        raise RuntimeError("write() inside write(): one act is one transaction")
    session.rollback()
    session.info["writing"] = True
    session.info["after_commit"] = []
    try:
        with turn():
            session.connection()  # begins: on SQLite IMMEDIATE, while it is our turn
            yield
            session.commit()
    except BaseException as error:
        session.rollback()
        if isinstance(error, OperationalError):
            raise Busy from error
        raise
    finally:
        session.info["writing"] = False
        session.info.pop("noted", None)  # what is committed has changed
        session.rollback()
    for act in session.info.pop("after_commit"):
        act()


def rows(
    statement: Executable, values: Mapping[str, Any] | None = None, *, stays: bool = True
) -> Sequence[AnyRow]:
    """Read rows for a page, past the session's unit of work, which costs as much as the database.

    ``statement`` selects columns, not entities. ``stays``: one plan is as good as any for all its
    values. Not to be used for what was just added and not flushed.
    """
    options = _STAYS if stays else None
    session: Any = db.session()
    writing = session.info.get("writing")
    connection: Connection = session.connection() if writing else session.reading()
    return connection.execute(statement, values or {}, execution_options=options).all()


def after_commit(act: Callable[[], None]) -> None:
    """Have ``act`` called, once, after the transaction at hand is committed; not if it is not."""
    acts = db.session().info["after_commit"]
    if act not in acts:
        acts.append(act)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to write, where the database takes one writer at a time."""
    queue = current_app.extensions.get("citizen_voice.queue")
    if queue is None:
        yield
    else:
        with queue.turn():
            yield


def dialect() -> str:
    """The database at hand: ``sqlite`` or ``postgresql``."""
    return db.engine.dialect.name
