"""Many requests: the officer’s list, the whole of them for a file, and somebody’s own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Date, and_, case, func, or_, select

from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, AnySelect, dialect, rows
from citizen_voice.desk import receipts
from citizen_voice.desk.clock import ACKNOWLEDGE_WITHIN
from citizen_voice.desk.models import COMPLAINT
from citizen_voice.desk.models import RightsRequest as R
from citizen_voice.web.narrowing import Narrowing

PER_PAGE = 30
MOST_URGENT = 5
CHUNK = 500
SOON = timedelta(days=7)
LATE, DUE_SOON, STOPPED = "late", "soon", "stopped"
OPEN, CLOSED = "open", "closed"
_YEAR = timedelta(days=365)

_rows = select(
    R.id,
    R.kind,
    R.channel,
    R.name,
    R.language,
    R.received_on,
    R.identity,
    R.fee_asked_on,
    R.fee_paid_on,
    R.extended_on,
    R.acknowledged_on,
    R.due_on,
    R.due_sure,
    R.target_on,
    R.outcome,
    R.closed_at,
    R.forgotten_at,
    R.person_id,
)


@dataclass(frozen=True, slots=True)
class Narrowed(Narrowing):
    """What the list is narrowed to: a right, a way it came, and how urgent it is."""

    kind: str | None = None
    channel: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """A request as who asked it sees it in *my data*."""

    ref: str
    kind: str
    received_on: date
    due_on: date | None
    state: str
    outcome: str | None


def listed(
    narrowed: Narrowed, *, closed: bool, today: date, page: int
) -> tuple[Sequence[AnyRow], bool]:
    """A page of requests, the most urgent (or newest closed) first; whether there are more.

    How urgent one is says the nearest of its days: of the answer, and of the acknowledgement that a
    complaint is owed.
    """
    nearest = _nearest()
    statement = _narrowed(narrowed, today).where(
        R.closed_at.is_not(None) if closed else R.closed_at.is_(None)
    )
    order = (
        (R.closed_at.desc(), R.id.desc())
        if closed
        else (case((nearest.is_(None), 1), else_=0), nearest, R.id)
    )
    paged = statement.order_by(*order).limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE)
    found = rows(paged, stays=False)
    return found[:PER_PAGE], len(found) > PER_PAGE


def urgent(today: date) -> Sequence[AnyRow]:
    """Some open requests that are late or due within a week, the most urgent first.

    So are complaints whose acknowledgement is.
    """
    nearest = _nearest()
    soon = _rows.where(R.closed_at.is_(None), nearest <= today + SOON)
    return rows(soon.order_by(nearest, R.id).limit(MOST_URGENT), stays=False)


def every_request() -> Iterator[AnyRow]:
    """All requests by their numbers, some hundreds at a time."""
    last = 0
    while True:
        found = rows(_rows.where(R.id > last).order_by(R.id).limit(CHUNK))
        yield from found
        if len(found) < CHUNK:
            return
        last = found[-1].id


def counts(today: date, now: datetime) -> AnyRow:
    """How many are open, late, due within a week, without a running clock; closed in a year."""
    is_open, nearest = R.closed_at.is_(None), _nearest()

    def number(*which: Any) -> Any:
        return func.coalesce(func.sum(case((and_(*which), 1), else_=0)), 0)

    statement = select(
        number(is_open).label("open"),
        number(is_open, nearest < today).label("late"),
        number(is_open, nearest >= today, nearest <= today + SOON).label("soon"),
        number(is_open, R.due_on.is_(None)).label("stopped"),
        number(R.closed_at >= now - _YEAR).label("closed"),
    ).select_from(R)
    return rows(statement, stays=False)[0]


def of_person(person_id: UUID) -> list[Own]:
    """What somebody asked, by account or address, the newest first."""
    theirs = select(Person.email).where(Person.id == person_id).scalar_subquery()
    found = rows(
        _rows.where(or_(R.person_id == person_id, R.email == theirs)).order_by(R.id.desc())
    )
    return [
        Own(
            ref=receipts.of(row.id),
            kind=row.kind,
            received_on=row.received_on,
            due_on=row.due_on,
            state=CLOSED if row.closed_at else OPEN,
            outcome=row.outcome,
        )
        for row in found
    ]


def _narrowed(narrowed: Narrowed, today: date) -> AnySelect:
    statement, nearest = _rows, _nearest()
    if narrowed.kind is not None:
        statement = statement.where(R.kind == narrowed.kind)
    if narrowed.channel is not None:
        statement = statement.where(R.channel == narrowed.channel)
    if narrowed.when == LATE:
        statement = statement.where(nearest < today)
    elif narrowed.when == DUE_SOON:
        statement = statement.where(nearest >= today, nearest <= today + SOON)
    elif narrowed.when == STOPPED:
        statement = statement.where(R.due_on.is_(None))
    return statement


def _nearest() -> Any:
    """The nearest of a request's days: see ``clock.acknowledge_by``, here as the database says it.

    Empty where its clock stands and no acknowledgement is owed.
    """
    days = ACKNOWLEDGE_WITHIN.days
    told_by: Any = (
        func.date(R.received_on, f"+{days} days", type_=Date())
        if dialect() == "sqlite"
        else R.received_on + days
    )
    owed = and_(R.kind == COMPLAINT, R.acknowledged_on.is_(None))
    sooner = or_(R.due_on.is_(None), told_by < R.due_on)
    return case((and_(owed, sooner), told_by), else_=R.due_on)
