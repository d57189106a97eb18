"""An act of a few statements, past the session of ``write()``: that costs as much as they do.

On PostgreSQL each statement is a transaction of its own. An answer commits without waiting for the
disk, so that it holds the idea's figures for a moment only; then the act waits until everything
that was committed so far is on the disk. Nobody hears that their answer counts before that.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from citizen_voice import kept
from citizen_voice.db import db, dialect, turn
from citizen_voice.errors import Busy, Unsure

_UNTIL_ON_DISK = "SELECT pg_logical_emit_message(true, 'citizen-voice', '')"
"""A transaction that writes into the log, so that its commit waits for the log up to there."""


@contextmanager
def act() -> Iterator[Connection]:
    """A connection to write by; what was written is durable at the end.

    On SQLite an exception undoes everything, on PostgreSQL the statement that failed. Raises
    ``Busy`` where the database cannot take a write now, ``Unsure`` where PostgreSQL was lost
    before it said that it has.
    """
    written = False
    try:
        if dialect() == "sqlite":
            with turn(), db.engine.begin() as connection:
                yield connection
        else:
            engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                yield connection
                written = True
                connection.exec_driver_sql(_UNTIL_ON_DISK)
    except OperationalError as error:
        lost = dialect() == "postgresql" and error.connection_invalidated
        raise (Unsure if written or lost else Busy) from error
    finally:
        kept.forget_state()
