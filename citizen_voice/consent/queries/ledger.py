"""What people chose: the newest entry of each, its history, and the figures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from citizen_voice import register
from citizen_voice.accounts.models import ADULT, RESIDENT, Person
from citizen_voice.consent.models import GIVEN, RESEARCH, STATES, ConsentEntry, ConsentSubject
from citizen_voice.db import AnyRow, AnySelect, db, rows
from citizen_voice.register import Basis
from citizen_voice.small_cells import Shown, shown, withheld

PER_PAGE = 50
CHUNK = 500
LASTS: Mapping[str, timedelta] = {RESEARCH: timedelta(days=730)}
"""How long a consent lasts where its purpose says so; the others last until they are withdrawn."""

_e: Any = ConsentEntry.__table__.c
_s: Any = ConsentSubject.__table__.c
_later: Any = aliased(ConsentEntry.__table__, name="later").c
_theirs = select(*_e).join(ConsentSubject, _s.pseudonym == _e.subject)
_newest = ~(
    select(_later.number)
    .where(_later.subject == _e.subject, _later.purpose == _e.purpose, _later.number > _e.number)
    .exists()
)
_history = _theirs.where(_s.person_id == bindparam("person_id")).order_by(_e.number.desc())
_ledger = select(*_e).order_by(_e.number.desc())


def purposes_on_consent() -> list[register.Purpose]:
    """The declared purposes that rest on consent, in their order."""
    return [each for each in register.PURPOSES.values() if each.basis is Basis.CONSENT]


def standing(person_id: UUID) -> dict[str, str]:
    """What somebody's newest choice is for each purpose that they have chosen about."""
    return {row.purpose: row.state for row in reversed(history(person_id))}


def history(person_id: UUID) -> Sequence[AnyRow]:
    """All that somebody chose, the newest first."""
    return rows(_history, {"person_id": person_id})


def entry(person_id: UUID, number: int) -> AnyRow | None:
    """An entry of somebody's own; ``None`` where there is none, or it is another's."""
    found = rows(_history.where(_e.number == number), {"person_id": person_id}, stays=False)
    return next(iter(found), None)


def agreed(purpose: str) -> AnySelect:
    """Everybody whose consent to a purpose stands, and who is 18 or over: their keys."""
    return (
        select(_s.person_id)
        .join(ConsentEntry, _e.subject == _s.pseudonym)
        .join(Person, Person.id == _s.person_id)
        .where(
            _e.purpose == purpose,
            _e.state == GIVEN,
            _newest,
            Person.kind == RESIDENT,
            Person.age_band == ADULT,
        )
    )


def without_consent(purpose: str, people: Collection[UUID]) -> set[UUID]:
    """Those of some people whose consent to a purpose does not stand: nothing is sent to them.

    For a purpose on another basis, nobody. One statement.
    """
    if register.purpose(purpose).basis is not Basis.CONSENT or not people:
        return set()
    found = db.session.scalars(agreed(purpose).where(_s.person_id.in_(people)))
    return set(people) - set(found)


def given_before(purpose: str, moment: datetime, limit: int) -> Sequence[UUID]:
    """Some people whose consent stands since before a moment."""
    found = (
        select(_s.person_id)
        .join(ConsentEntry, _e.subject == _s.pseudonym)
        .where(_e.purpose == purpose, _e.state == GIVEN, _e.at <= moment, _newest)
        .limit(limit)
    )
    keys: Sequence[UUID] = db.session.scalars(found).all()
    db.session.rollback()
    return keys


def figures() -> dict[str, Shown[str]]:
    """Of each purpose how many people stand in each state; none that points to one person.

    They change from day to day: where one is small, the others would tell it by and by.
    """
    counted = (
        select(_e.purpose, _e.state, func.count().label("people"))
        .join(ConsentSubject, _s.pseudonym == _e.subject)
        .where(_newest)
        .group_by(_e.purpose, _e.state)
    )
    found = {(row.purpose, row.state): row.people for row in rows(counted)}
    of_purpose = {
        each.key: {state: found.get((each.key, state), 0) for state in STATES}
        for each in purposes_on_consent()
    }
    return {
        key: table if (table := shown(numbers)).whole else withheld(numbers)
        for key, numbers in of_purpose.items()
    }


def page_of_ledger(below: int | None, limit: int = PER_PAGE) -> Sequence[AnyRow]:
    """So many entries, the newest first, from below a number on; one more where there are more."""
    statement = _ledger if below is None else _ledger.where(_e.number < below)
    return rows(statement.limit(limit + 1), stays=False)


def every_entry() -> Iterator[AnyRow]:
    """The whole ledger, the newest first, some hundreds at a time."""
    below: int | None = None
    while True:
        found = page_of_ledger(below, CHUNK)
        yield from found[:CHUNK]
        if len(found) <= CHUNK:
            return
        below = found[CHUNK - 1].number
