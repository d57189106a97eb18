"""After an erasure nothing of it stays in what a database has put aside.

SQLite writes zeros over what is deleted (``db``: ``secure_delete``), but copies stand in its log,
in pages that moved, and in the index of words until that is merged. The worker makes the index
anew, packs the file and empties the log, at night and only where somebody was erased since.
PostgreSQL does as much by itself (autovacuum); what it deleted is in no dump.
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import select, text, update

from citizen_voice import clock
from citizen_voice.accounts.erasure_models import ErasuresApplied
from citizen_voice.db import db, dialect, turn, write
from citizen_voice.errors import Busy
from citizen_voice.paths import instance
from citizen_voice.search import indexes

QUEUE = "queue.db"
PATIENCE = 30.0
"""How many seconds are waited for readers who still need the log."""


def wipe_if_needed() -> bool:
    """Wipe where somebody was erased since it was last done; gives whether it was done."""
    row = db.session.execute(select(ErasuresApplied.number, ErasuresApplied.wiped_number)).one()
    if row.number == row.wiped_number:
        return False
    wipe()
    return True


def wipe() -> None:
    """Leave nothing of what was deleted. Raises ``Busy`` where others do not let go of the log."""
    number = db.session.scalar(select(ErasuresApplied.number))
    if dialect() == "sqlite":
        _make_indexes_anew()
        db.session.rollback()  # a reader would keep the log as it is
        with turn():
            _pack(Path(db.engine.url.database or ""))
        if (queue := instance() / QUEUE).exists():
            _pack(queue)
    with write():
        values = {"wiped_number": number, "wiped_at": clock.now()}
        db.session.execute(update(ErasuresApplied).values(values))


def _make_indexes_anew() -> None:
    with write():
        for index in indexes():
            name = index.name
            db.session.execute(text(f"INSERT INTO {name}({name}) VALUES ('rebuild')"))  # nosec B608


def _pack(path: Path) -> None:
    """Write a file anew, without free pages, and empty its log."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        give_up = time.monotonic() + PATIENCE
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > give_up:
                raise Busy
            time.sleep(0.05)
