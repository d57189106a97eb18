"""Writing many rows at once: by the driver on SQLite, by COPY on PostgreSQL."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import TracebackType
from typing import Any, Self

from citizen_voice.db import db, dialect

BATCH = 10_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Loader:
    """A connection of the writing engine that checks no foreign keys and waits for no disk."""

    def __init__(self) -> None:
        self.sqlite = dialect() == "sqlite"
        self._pooled = db.engines[None].raw_connection()
        self._driver: Any = self._pooled.driver_connection

    def key(self, value: uuid.UUID) -> Any:
        """A key as the driver takes it."""
        return value.bytes if self.sqlite else value

    def moment(self, value: datetime) -> Any:
        """A moment as the driver takes it."""
        return (value - EPOCH) // MICROSECOND if self.sqlite else value

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Write the rows of one table, values as the driver takes them, and commit."""
        named = ", ".join(columns)
        if not self.sqlite:
            with (
                self._driver.cursor() as cursor,
                cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            self._driver.commit()
            return
        marks = ", ".join("?" * len(columns))
        coming = iter(rows)
        self._driver.execute("BEGIN IMMEDIATE")
        while batch := list(islice(coming, BATCH)):
            self._driver.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", batch)
        self._driver.execute("COMMIT")

    def run(self, *statements: str) -> None:
        """Run statements, and commit."""
        for statement in statements:
            self._driver.execute(statement)
        if not self.sqlite:
            self._driver.commit()

    def __enter__(self) -> Self:
        if self.sqlite:
            self.run("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF")
        else:
            self.run("SET session_replication_role = replica", "SET synchronous_commit = off")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pooled.invalidate()  # nobody else is given it as it is now


def settle() -> None:
    """Have the database as it is after a quiet night: statistics made, everything on the disk.

    SQLite gets no statistics, since nothing in production makes them.
    """
    pooled = db.engines[None].raw_connection()
    driver: Any = pooled.driver_connection
    if dialect() == "sqlite":
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        driver.autocommit = True
        driver.execute("VACUUM (ANALYZE)")
        driver.execute("CHECKPOINT")
    pooled.invalidate()
