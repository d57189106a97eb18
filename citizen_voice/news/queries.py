"""What is news to somebody, and to how many something is: an idea never twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, func, or_, select

from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.db import AnyRow, AnySelect, db, rows
from citizen_voice.news import audience, content
from citizen_voice.news.models import STRAIGHT_AWAY, NewsChoice, NewsDue, NewsItem
from citizen_voice.pilots.models import PilotIdea
from citizen_voice.web import pagination

PAGE = 50
LINES = 3
"""How many happenings of one idea are told."""

N = NewsItem
_ME = bindparam("person", type_=Person.id.type)
_AFTER = bindparam("after", type_=N.id.type)
_PEOPLE = bindparam("people", type_=Person.id.type, expanding=True)
_NOW = bindparam("now", type_=NewsDue.due_at.type)


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Rows, those of one idea one after the other, the newest first; and where it goes on.

    ``took_part`` is ``AUTHOR``, ``SUPPORTER``, ``COMMENTER`` or ``FOLLOWER`` of ``audience``,
    ``line`` counts the happenings of an idea from 1, ``head`` is the key of its newest, ``seen_at``
    until when the reader has read, ``fresh`` how many happened since. What else is in a row says
    ``content.beside``.
    """

    rows: Sequence[AnyRow]
    after: str | None


def page(person_id: UUID, after: str | None = None) -> NewsPage:
    """A page of somebody's news, from the top or ``after`` a head; raises ``BadCursor``."""
    values: dict[str, Any] = {"person": person_id}
    if after is not None:
        values["after"] = _key(after)
    found = rows(_statement(further=after is not None), values, stays=False)
    heads = [row.head for row in found if row.line == 1]
    if len(heads) <= PAGE:
        return NewsPage(found, None)
    shown = set(heads[:PAGE])
    return NewsPage([row for row in found if row.head in shown], str(heads[PAGE - 1]))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise pagination.BadCursor from None


@cache
def _statement(*, further: bool) -> AnySelect:
    told = audience.told(lambda person: person == _ME).cte("told")
    seen_at = (
        select(func.coalesce(Person.news_seen_at, Person.created_at))
        .where(Person.id == _ME)
        .scalar_subquery()
    )
    happened = (
        select(
            *N.__table__.columns,
            told.c.how.label("took_part"),
            told.c.via,
            seen_at.label("seen_at"),
            *_counted(N.at > seen_at),
        )
        .join(told, told.c.item_id == N.id)
        .cte("happened")
    )
    heads = select(happened.c.head, happened.c.at).where(happened.c.line == 1)
    if further:
        last = N.__table__.alias("last")
        at = select(last.c.at).where(last.c.id == _AFTER).scalar_subquery()
        before = or_(happened.c.at < at, and_(happened.c.at == at, happened.c.head < _AFTER))
        heads = heads.where(before)
    wanted = (
        heads.order_by(happened.c.at.desc(), happened.c.head.desc()).limit(PAGE + 1).cte("heads")
    )
    return (
        content.beside(happened, _ME)
        .join(wanted, happened.c.head == wanted.c.head)
        .where(happened.c.line <= LINES)
        .order_by(wanted.c.at.desc(), wanted.c.head.desc(), happened.c.line)
    )


def _counted(fresh: Any, *partition: Any) -> tuple[Any, ...]:
    """``line``, ``head`` and ``fresh`` of items that are told under together."""
    together = (*partition, *content.thread(N))
    newest: dict[str, Any] = {
        "partition_by": together,
        "order_by": (N.at.desc(), N.id.desc()),
    }
    return (
        func.row_number().over(**newest).label("line"),
        func.first_value(N.id, type_=N.id.type).over(**newest).label("head"),
        func.sum(case((fresh, 1), else_=0)).over(partition_by=together).label("fresh"),
    )


def due(people: Iterable[UUID], now: Any) -> Sequence[AnyRow]:
    """All that some people are to be told by mail by now, as a page has it; person by person.

    ``person_id`` is first of what a row has besides; ``seen_at`` is ``None``. What is no news to
    somebody any more is not among it.
    """
    return rows(_due(), {"people": list(people), "now": now}, stays=False)


@cache
def _due() -> AnySelect:
    mine = select(NewsDue.item_id).where(NewsDue.person_id.in_(_PEOPLE), NewsDue.due_at <= _NOW)
    told = audience.told(lambda person: person.in_(_PEOPLE), N.id.in_(mine)).cte("told")
    happened = (
        select(
            told.c.person_id.label("reader_id"),
            *N.__table__.columns,
            told.c.how.label("took_part"),
            told.c.via,
            *_counted(N.id.is_not(None), told.c.person_id),
        )
        .join(told, told.c.item_id == N.id)
        .join(
            NewsDue,
            and_(
                NewsDue.item_id == N.id,
                NewsDue.person_id == told.c.person_id,
                NewsDue.due_at <= _NOW,
            ),
        )
        .cte("happened")
    )
    newest = happened.alias("newest")
    return (
        content.beside(happened, happened.c.reader_id)
        .join(
            newest,
            and_(newest.c.id == happened.c.head, newest.c.reader_id == happened.c.reader_id),
        )
        .where(happened.c.line <= LINES)
        .order_by(happened.c.reader_id, newest.c.at.desc(), happened.c.head, happened.c.line)
    )


def tells_of_ideas(idea_ids: Iterable[int]) -> int:
    """How many people hear of what becomes of some ideas, each of them once."""
    return _tells(list(idea_ids))


def tells_of_pilot(pilot_id: int) -> int:
    """How many people hear of what becomes of a pilot, each of them once."""
    tried = select(PilotIdea.idea_id).where(
        PilotIdea.pilot_id == pilot_id, PilotIdea.unlinked_at.is_(None)
    )
    return _tells(tried, pilot_id)


def _tells(ideas: Any, pilot: int | None = None) -> int:
    took_part = audience.people(ideas, pilot).subquery()
    keys = select(took_part.c.person_id).distinct().subquery()
    statement = (
        select(func.count())
        .select_from(keys)
        .join(Person, Person.id == keys.c.person_id)
        .where(Person.kind == RESIDENT)
    )
    if pilot is not None:
        statement = statement.where(~audience.stopped(keys.c.person_id, pilot=pilot))
    return db.session.scalars(statement).one()


def choice(person_id: UUID) -> str:
    """How somebody hears by mail: one of ``CHOICES``."""
    found = select(NewsChoice.mail).where(NewsChoice.person_id == person_id)
    return db.session.scalars(found).one_or_none() or STRAIGHT_AWAY
