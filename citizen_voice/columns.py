"""Types of columns that the two databases keep in different ways, and what one may lack."""

import math
import sqlite3
import uuid
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, LargeBinary, Uuid
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Key(TypeDecorator[uuid.UUID]):
    """A UUID: 16 bytes on SQLite, the native type on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column type of the database at hand."""
        native = dialect.name == "postgresql"
        return dialect.type_descriptor(Uuid() if native else LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        """Python → database."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        """Database → Python."""
        if value is None or isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(bytes=bytes(value))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: microseconds since 1970 on SQLite, ``timestamptz`` on PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Choose the column type of the database at hand."""
        native = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if native else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Python → database; a naive datetime is a mistake of the caller's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone: take it from clock.now()")
        if dialect.name == "postgresql":
            return value
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Database → Python, always aware, in UTC."""
        if value is None or isinstance(value, datetime):
            return value and value.astimezone(UTC)
        return _moment(value)


@lru_cache(maxsize=4096)
def _moment(microseconds: int) -> datetime:
    return EPOCH + microseconds * MICROSECOND


def lend_mathematics(connection: sqlite3.Connection) -> None:
    """Give SQLite what it may have been built without: ``exp``, ``ln`` and ``sqrt``."""
    for function in (math.exp, math.log, math.sqrt):
        name = "ln" if function is math.log else function.__name__
        try:
            connection.execute(f"SELECT {name}(1)")  # nosec B608  # one of three names
        except sqlite3.OperationalError:
            connection.create_function(name, 1, function, deterministic=True)
