"""A row in every table for somebody, each column with a mark of its own.

The rows are no world that could be: constraints and triggers are taken out first, in a database
that the test has for itself. So every column can be filled, whatever the rules about it.
"""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Double,
    LargeBinary,
    SmallInteger,
    Table,
    create_engine,
    text,
)

from citizen_voice import register
from citizen_voice.columns import Key, Moment
from citizen_voice.db import db

_EPOCH = datetime(2031, 1, 1, tzinfo=UTC)
_numbers = itertools.count(1)


@dataclass(slots=True)
class Marked:
    """Somebody, and their row in each table: table → column → mark."""

    key: UUID
    other: UUID
    """Somebody else, whose key stands where another person's does."""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def email(self) -> str:
        """Their address."""
        return str(self.rows["persons"]["email"])


def marked(app: Flask) -> tuple[Marked, Marked]:
    """Two people with a row in every table that can be about them."""
    one, two = uuid4(), uuid4()
    people = Marked(one, two), Marked(two, one)
    with lawless(app) as connection:
        for somebody in people:
            _put(connection, db.metadata.tables["persons"], somebody)
            for table in db.metadata.sorted_tables:
                if any(register.of(table.name).values()):
                    _put(connection, table, somebody)
    return people


def _put(connection: Connection, table: Table, whose: Marked) -> None:
    """Insert somebody's row of a table, and before it those that it leads to."""
    if table.name in whose.rows:
        return
    for ways in register.of(table.name).values():
        for way in ways:
            _name, sign, rest = [*way.split(" "), "", ""][:3]
            if sign == "->":
                _put(connection, db.metadata.tables[rest], whose)
    row = whose.rows[table.name] = _row(table, whose)
    connection.execute(table.insert().values(row))


def _row(table: Table, whose: Marked) -> dict[str, Any]:
    row = {column.name: mark(column) for column in table.columns}
    entries = register.columns(table.name)
    leaves = {e.whose for e in entries.values() if e is not None and e.export is not None}
    kinds = register.of(table.name)
    for kind in sorted(kinds, key=leaves.__contains__):  # whose columns leave: theirs, at the end
        for way in kinds[kind]:
            name, sign, rest = [*way.split(" "), "", ""][:3]
            if not sign:
                row[name] = whose.key if kind in leaves else whose.other
            elif sign == "->":
                row[name] = _key_in(table, name, whose.rows[rest], rest)
            else:
                row[name] = whose.email
    return row


def _key_in(table: Table, name: str, led: dict[str, Any], other: str) -> Any:
    for key in table.c[name].foreign_keys:
        if key.column.table.name == other:
            return led[key.column.name]
    (only,) = db.metadata.tables[other].primary_key.columns
    return led[only.name]


def mark(column: Column[Any]) -> Any:
    number = next(_numbers)
    kind = column.type
    made: dict[type, Any] = {
        Key: uuid4(),
        Moment: _EPOCH + timedelta(seconds=61 * number),
        Boolean: True,
        Date: date(2031, 1, 1) + timedelta(days=number),
        Double: number + 0.5,
        JSON: {"mark": f"mark-{number:06}"},
        LargeBinary: uuid4().bytes,
        SmallInteger: number,
    }
    for each, value in made.items():
        if isinstance(kind, each):
            return value
    length = getattr(kind, "length", None)
    if hasattr(kind, "length"):
        word = f"mark-{number:06}"
        return word if length is None or length >= len(word) else f"{number:x}"[-length:]
    return 1_000_000 + number


@contextmanager
def lawless(app: Flask) -> Iterator[Connection]:
    """A connection to a database without constraints on what a row may be."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            _free_sqlite(connection)
        else:
            _free_postgresql(connection)
        yield connection
    engine.dispose()


def _free_sqlite(connection: Connection) -> None:
    connection.execute(text("PRAGMA foreign_keys = OFF"))
    connection.execute(text("PRAGMA ignore_check_constraints = ON"))
    found = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in connection.execute(text(found)).all():
        connection.execute(text(f'DROP TRIGGER "{name}"'))


def _free_postgresql(connection: Connection) -> None:
    constraints = (
        "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype IN ('c', 'f')"
        " AND connamespace = 'public'::regnamespace AND conparentid = 0"
    )
    for table, name in connection.execute(text(constraints)).all():
        connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
    triggers = "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal"
    for table, name in connection.execute(text(triggers)).all():
        connection.execute(text(f'DROP TRIGGER "{name}" ON {table}'))
