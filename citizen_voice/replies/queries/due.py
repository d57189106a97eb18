"""Where the council owes a word: a first reply by the promised day, or the next by its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, literal, or_, select, type_coerce

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.web import pagination

PAGE = 50
SOON = timedelta(days=7)
LATE, THIS_WEEK, ALL = "late", "soon", "all"
SHOWS = (LATE, THIS_WEEK, ALL)
SOMEDAY = date(9999, 12, 31)
"""Stands where no day was promised."""
LARGEST = 2**31 - 1

L = IdeaListing
_promised: ColumnElement[Any] = case(
    (L.reply_id.is_(None), func.coalesce(Challenge.replies_by, L.owed_on)), else_=L.owed_on
)
_due_on: ColumnElement[Any] = type_coerce(
    func.coalesce(_promised, literal(SOMEDAY, Date())), Date()
)
_WAITS = (
    ordering.LISTED,
    or_(L.reply_id.is_(None), L.owed_on.is_not(None)),
    Challenge.published_at.is_not(None),
    Challenge.cancelled_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class DueFilters:
    """What the list is narrowed to: ``show`` is one of ``SHOWS``; ``None`` is no narrowing."""

    show: str = ALL
    challenge_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A page of ideas that wait for a word, late ones first, and where it goes on.

    Rows have ``due_on`` (``None`` where no day was promised) and ``first``: no reply was given yet.
    """

    rows: Sequence[AnyRow]
    after: str | None


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many ideas wait for a word: late, within a week, and all together."""

    late: int
    week: int
    all: int


def due(filters: DueFilters, after: str | None = None) -> Due:
    """One page; raises ``pagination.BadCursor``."""
    conditions: list[ColumnElement[bool]] = [*_WAITS, *_shows(filters.show)]
    if filters.challenge_id is not None:
        conditions.append(L.challenge_id == filters.challenge_id)
    if filters.topic_id is not None:
        conditions.append(L.topic_id == filters.topic_id)
    if after is not None:
        day, number = _place(after)
        conditions.append(or_(_due_on > day, and_(_due_on == day, L.idea_id > number)))
    statement = (
        select(
            L.idea_id.label("id"),
            L.title,
            L.language,
            L.stage,
            L.support,
            L.challenge_id,
            L.topic_id,
            _due_on.label("due_on"),
            L.reply_id.is_(None).label("first"),
        )
        .join(Challenge, Challenge.id == L.challenge_id)
        .where(*conditions)
        .order_by(_due_on, L.idea_id)
        .limit(PAGE + 1)
    )
    found = rows(statement, stays=False)
    further = None
    if len(found) > PAGE:
        last = found[PAGE - 1]
        further = pagination.encode(last.due_on.toordinal(), last.id)
    return Due(found[:PAGE], further)


def due_counts() -> DueCounts:
    """The figures of all challenges together."""
    late, week = (
        func.coalesce(func.sum(case((and_(*_shows(show)), 1), else_=0)), 0)
        for show in (LATE, THIS_WEEK)
    )
    counted = (
        select(late, week, func.count())
        .select_from(L)
        .join(Challenge, Challenge.id == L.challenge_id)
        .where(*_WAITS)
    )
    return DueCounts(*(int(figure) for figure in rows(counted, stays=False)[0]))


def _shows(show: str) -> list[ColumnElement[bool]]:
    today = clock.today()
    if show == LATE:
        return [_due_on < today]
    if show == THIS_WEEK:
        return [_due_on >= today, _due_on <= today + SOON]
    return []


def _place(after: str) -> tuple[date, int]:
    ordinal, number = pagination.decode(after, 2)
    if not 1 <= ordinal <= SOMEDAY.toordinal() or not 0 <= number <= LARGEST:
        raise pagination.BadCursor
    return date.fromordinal(ordinal), number
