"""What is held about somebody, counted."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, bindparam, func, literal, select, union_all

from citizen_voice import clock, register
from citizen_voice.db import AnyRow, rows
from citizen_voice.privacy.finding import Holding, holdings
from citizen_voice.privacy.models import DataCopy
from citizen_voice.register import Basis, Erase, Personal, Purpose
from citizen_voice.words import gettext

_STAYS = (Erase.KEEP, Erase.PSEUDONYM)
_copy = select(*DataCopy.__table__.columns).where(
    DataCopy.person_id == bindparam("person"), DataCopy.ends_at > bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Held:
    """How much of one kind is held about somebody, and why.

    ``title`` and ``purpose_words`` are sentences in the reader's language, ``basis`` is the lawful
    basis (``outbox.kinds.BASES`` has its words). ``why_kept`` says why something of it stays when
    the person is erased; it is empty where everything goes.
    """

    table: str
    title: Any
    purpose_words: Any
    basis: Basis
    count: int
    why_kept: str


def about(person_id: UUID) -> list[Held]:
    """What is held about somebody: a line for each table that has any, in one statement."""
    counted = {row.name: row.held for row in rows(_counts(), {"person": person_id})}
    return [_held(each, counted[each.name]) for each in holdings() if counted[each.name]]


def copy_of(person_id: UUID) -> AnyRow | None:
    """The newest copy of somebody's data, being made or made, while it lasts."""
    found = rows(_copy, {"person": person_id, "now": clock.now()})
    return found[0] if found else None


def how_many(person_id: UUID) -> int:
    """How many rows there are about somebody."""
    return sum(row.held for row in rows(_counts(), {"person": person_id}))


@cache
def _counts() -> CompoundSelect[Any]:
    """One statement that counts the rows of every table that are about somebody."""
    return union_all(
        *(
            select(literal(each.name).label("name"), func.count().label("held"))
            .select_from(each.table)
            .where(each.found)
            for each in holdings()
        )
    )


def _held(holding: Holding, count: int) -> Held:
    purpose = main_purpose(holding)
    return Held(
        table=holding.name,
        title=holding.title,
        purpose_words=purpose.words,
        basis=purpose.basis,
        count=count,
        why_kept=why_kept(holding),
    )


def main_purpose(holding: Holding) -> Purpose:
    """What most of a table's columns are held for."""
    keys = [entry.purpose for entry in holding.entries]
    return register.purpose(max(dict.fromkeys(keys), key=keys.count))


def why_kept(holding: Holding) -> str:
    """Why something of a table stays when the person is erased, in the reader's language."""
    kept = [entry for entry in holding.entries if entry.erase in _STAYS and entry.why]
    return gettext(_longest_standing(kept).why) if kept else ""


def _longest_standing(entries: list[Personal]) -> Personal:
    reasons = [entry.why for entry in entries]
    most = max(dict.fromkeys(reasons), key=reasons.count)
    return next(entry for entry in entries if entry.why == most)
