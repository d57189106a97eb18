"""Finding what is held about somebody, from the personal-data register alone.

Each table has its *parts*: the columns that are about a person in one way (``whose``), under their
export names, and the condition by which that person's rows are found (``register.of``). A way to a
person is one of three::

    "person_id"                      a column that holds their key
    "idea_id -> ideas"               a column, and the table whose rows it leads to
    "to_address @ persons.email"     a column that holds what stands in that column of theirs

The row that ``->`` leads to is found as its own ``of`` says for the same ``whose``, or else for the
first one there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, bindparam, or_, select

from citizen_voice import register
from citizen_voice.columns import Key
from citizen_voice.db import db
from citizen_voice.register import Personal

PERSON: Any = bindparam("person", type_=Key())
"""Whose rows are looked for; to be given when a statement runs."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Columns of a table that are about a person in one way, and how their rows are found."""

    columns: Mapping[str, Personal]
    """Those that leave in an export."""
    found: ColumnElement[bool]


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """A table that holds something about people which leaves in an export."""

    table: Table
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    @property
    def title(self) -> Any:
        """What it is called to a resident."""
        return register.title(self.name) or self.name

    @property
    def entries(self) -> list[Personal]:
        """What the register says about the columns that leave."""
        return [entry for part in self.parts for entry in part.columns.values()]

    @property
    def found(self) -> ColumnElement[bool]:
        """The condition by which somebody's rows are found, in whichever way."""
        return or_(*(part.found for part in self.parts))


@cache
def holdings() -> tuple[Holding, ...]:
    """Every table with columns about people that leave in an export, in the register's order."""
    made = (_holding(table) for table in register.tables() if table in db.metadata.tables)
    return tuple(each for each in made if each.parts)


def keys_of_people(table: Table) -> frozenset[str]:
    """The columns that hold the key of a person, who may be somebody else."""
    by_reference = {
        column.name
        for column in table.columns
        if any(key.column.table.name in ("persons", "colleagues") for key in column.foreign_keys)
    }
    direct = {way for ways in register.of(table.name).values() for way in ways if " " not in way}
    return frozenset(by_reference | direct)


def _holding(name: str) -> Holding:
    table = db.metadata.tables[name]
    parts: dict[tuple[str, tuple[str, ...]], dict[str, Personal]] = {}
    for column, entry in register.columns(name).items():
        if entry is None or entry.export is None:
            continue
        ways = register.of(name).get(entry.whose)
        if not ways:  # a test names it
            continue
        onward = entry.whose if any("->" in way for way in ways) else ""
        parts.setdefault((onward, tuple(ways)), {})[column] = entry
    return Holding(
        table,
        tuple(Part(each, _found(table, *ways)) for ways, each in parts.items()),
    )


def _found(table: Table, whose: str, ways: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(*(_way(table, whose, way) for way in ways))


def _way(table: Table, whose: str, way: str) -> ColumnElement[bool]:
    name, sign, rest = [*way.split(" "), "", ""][:3]
    column = table.c[name]
    if sign == "->":
        other = db.metadata.tables[rest]
        theirs = register.of(rest)
        onward = whose if whose in theirs else next(iter(theirs))
        led = _found(other, onward, tuple(theirs[onward]))
        return column.in_(select(_led_to(column, other)).where(led))
    if sign == "@":
        other_name, _dot, other_column = rest.partition(".")
        other = db.metadata.tables[other_name]
        same = select(other.c[other_column]).where(other.c.id == PERSON)
        return column == same.scalar_subquery()
    own: ColumnElement[bool] = column == PERSON
    return own


def _led_to(column: Column[Any], other: Table) -> Column[Any]:
    """The column of another table that this one refers to."""
    for key in column.foreign_keys:
        if key.column.table is other:
            return key.column
    (only,) = other.primary_key.columns
    return only
