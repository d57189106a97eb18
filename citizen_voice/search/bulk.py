"""Writing the rows of a table by the thousand: by the driver on SQLite, by COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from citizen_voice.db import db, dialect


def load(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows that are not there yet, inside the caller's transaction.

    The names are the program's own, and values are as the driver takes them. Raises what the
    driver raises, for example for a key that is there.
    """
    named = ", ".join(columns)
    driver: Any = db.session.connection().connection.driver_connection
    if dialect() == "sqlite":
        marks = ", ".join("?" * len(columns))
        driver.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)  # nosec B608  # names of ours
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
