"""Reading everything that is held about somebody, a batch at a time, as it leaves in a copy.

Each batch is a page by the table's key, so that memory does not grow with what is held. What is
somebody else's does not leave: a key of a person that is not the reader's own becomes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal, select, tuple_

from citizen_voice.db import AnyRow, AnySelect, rows
from citizen_voice.privacy import meanings
from citizen_voice.privacy.finding import Holding, Part, keys_of_people

BATCH = 500
ABOUT = "about"
"""The name under which a row says which idea or trial it belongs to, where no column does."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a table is read: the first page, the further ones, and what becomes of its columns."""

    first: AnySelect
    further: AnySelect
    keys: tuple[str, ...]
    people: frozenset[str]
    meant: Mapping[str, str]
    about: str | None


def lines(holding: Holding, person_id: UUID) -> Iterator[Sequence[Line]]:
    """Every row of a table that is about somebody: export name → value, so many at a time."""
    plan = _plan(holding)
    values: dict[str, Any] = {"person": person_id}
    statement = plan.first
    while True:
        found = rows(statement, values, stays=False)
        if found:
            yield _lines(holding, plan, found, person_id)
        if len(found) < BATCH:
            return
        last = found[-1]._mapping  # noqa: SLF001  # SQLAlchemy's public name for it
        values |= {f"after_{name}": last[name] for name in plan.keys}
        statement = plan.further


def _lines(
    holding: Holding, plan: _Plan, found: Sequence[AnyRow], person_id: UUID
) -> Sequence[Line]:
    read = [dict(row._mapping) for row in found]  # noqa: SLF001  # SQLAlchemy's public name for it
    said = {
        column: meanings.of(target, (row.get(column) for row in read), person_id)
        for column, target in plan.meant.items()
        if column in read[0]
    }
    return [_line(holding, plan, row, said, person_id) for row in read]


def _line(
    holding: Holding,
    plan: _Plan,
    row: Mapping[str, Any],
    said: Mapping[str, meanings.Words],
    person_id: UUID,
) -> Line:
    line: dict[str, Any] = {}
    for number, part in enumerate(holding.parts):
        if not row[f"found_{number}"]:
            continue
        for column, entry in part.columns.items():
            value = row[column]
            if column in plan.people and value != person_id:
                value = None
            words = meanings.answer(holding.name, column, value)
            if words is None and column in said:
                words = said[column].get(value)
            line[str(entry.export)] = plain(value) if words is None else words
    if plan.about is not None:
        words = said[plan.about].get(row[plan.about])
        if words:
            line.setdefault(ABOUT, words)
    return line


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value


@cache
def _plan(holding: Holding) -> _Plan:
    table = holding.table
    keys = tuple(column.name for column in table.primary_key.columns)
    meant = meanings.leads_to(table)
    shown = {name for part in holding.parts for name in part.columns}
    about = None
    if not shown & set(meant):
        about = next((name for name in meant if name != "id"), None)
    names = [name for name in table.c.keys() if name in shown | {*keys, about}]  # noqa: SIM118  # a collection of columns
    first = (
        select(
            *(table.c[name] for name in names),
            *(_flag(part, number, holding) for number, part in enumerate(holding.parts)),
        )
        .where(holding.found)
        .order_by(*(table.c[name] for name in keys))
        .limit(BATCH)
    )
    place = tuple_(*(table.c[name] for name in keys))
    after = tuple_(*(bindparam(f"after_{name}", type_=table.c[name].type) for name in keys))
    return _Plan(first, first.where(place > after), keys, keys_of_people(table), meant, about)


def _flag(part: Part, number: int, holding: Holding) -> Any:
    """Whether a row is about the reader in one of the ways; it is where there is but one."""
    one = len(holding.parts) == 1
    return (literal(value=True) if one else part.found).label(f"found_{number}")
