"""Nobody leaves while many people's answers are moved.

To move them takes their persons' rows, one after another, and the ideas' rows before; to leave
takes a person's row, and then those of ideas. On PostgreSQL the two would wait for each other, and
who leaves would not find the answers that are moved in the same instant. So whoever moves the
answers of many calls a standstill first, before anything else is locked, and who is about to leave
waits, or is waited for. SQLite has one writer at a time.
"""

from sqlalchemy import func, select

from citizen_voice.db import db, dialect

LOCK = 0x43_56_48  # PostgreSQL's advisory lock of standstills: "CVH" (halt)


def call() -> None:
    """From now until the act's end nobody leaves, and nobody else moves the answers of many."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def keep() -> None:
    """Wait until no standstill is called, and let none begin until the act's end.

    For acts on all that one person has answered. To be called before anything else is locked.
    """
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock_shared(LOCK)))
