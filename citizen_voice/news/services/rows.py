"""Rows that are written past the session, each database in its own words."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice.db import dialect


def insert() -> Any:
    """The ``insert`` that knows ``ON CONFLICT`` in the database at hand."""
    return postgresql_insert if dialect() == "postgresql" else sqlite_insert
