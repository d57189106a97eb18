"""Pages of any size for programs: rows, in one statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, and_, bindparam, or_, select

from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.queries import Filters
from citizen_voice.ideas.queries.lists import CARD, FILTERS, STEADY
from citizen_voice.kept import kept_by
from citizen_voice.pilots.models import PilotMeasure, PilotReading
from citizen_voice.site.queries import revision
from citizen_voice.web import pagination

LARGEST_PAGE = 100
SMALL = 20
"""Pages of two sizes are read, and what is too much is left out: a statement each."""
NUMBER = "number"
ORDERS = (ordering.NEWEST, ordering.SUPPORTED, NUMBER)
MARK = 7
"""Stands in the places of the order by number, so that another order's are not taken for one."""

L = IdeaListing


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the list goes on (``None``: nowhere)."""

    rows: Sequence[AnyRow]
    after: str | None


def ideas(order: str, filters: Filters, *, after: str | None, limit: int) -> Page:
    """Listed ideas with the columns of a card, ``published_at`` and ``body``.

    By number, each that is there from beginning to end comes exactly once, whatever others do.
    Raises ``BadCursor``.
    """
    place = _by_number(after) if order == NUMBER else ordering.place(order, after, 0)
    chosen = filters.chosen()
    size = SMALL if limit <= SMALL else LARGEST_PAGE
    statement = _ideas(order, place.shape, frozenset(chosen), size + 1)
    found = rows(statement, {**place.values, **chosen}, stays=chosen.keys() <= STEADY)
    listed = (
        sorted(found, key=lambda row: row.id)
        if order == NUMBER
        else ordering.in_order(order, found, 0)
    )
    shown = listed[:limit]
    more = len(listed) > limit
    return Page(shown, _cursor(order, shown[-1]) if more else None)


def _by_number(after: str | None) -> ordering.Place:
    if after is None:
        return ordering.Place(ordering.AFTER, {"id": 0})
    mark, number = pagination.decode(after, 2)
    if mark != MARK or not 0 <= number <= ordering.LARGEST:
        raise pagination.BadCursor
    return ordering.Place(ordering.AFTER, {"id": number})


def _cursor(order: str, row: AnyRow) -> str:
    return pagination.encode(MARK, row.id) if order == NUMBER else ordering.cursor(order, row, 0)


@cache
def _ideas(order: str, shape: ordering.Shape, filters: frozenset[str], size: int) -> Any:
    """The statement of a page of this kind. Built once: that takes longer than running it."""
    conditions = [
        column == bindparam(name, type_=column.type)
        for name, column in FILTERS.items()
        if name in filters
    ]
    beyond = L.idea_id > bindparam("id", type_=L.idea_id.type)
    stretches = (
        [ordering.Range(beyond, (L.idea_id,))] if order == NUMBER else ordering.ranges(order, shape)
    )
    wanted = ordering.keys(stretches, conditions, size).subquery()
    return (
        select(*CARD, L.published_at, IdeaVersion.body)
        .select_from(wanted)
        .join(L, L.idea_id == wanted.c.idea_id)
        .join(Idea, Idea.id == L.idea_id)
        .join(IdeaVersion, IDEA_IN_FORCE)
    )


_published = select(Challenge.slug, Challenge.id).where(Challenge.published_at.is_not(None))


@kept_by(revision)
def _challenges() -> Mapping[str, int]:
    """Every published challenge by its slug; read when the site's revision has risen."""
    return {row.slug: row.id for row in rows(_published)}


def challenge_id(slug: str | None) -> int | None:
    """The number of a published challenge; raises ``NotHere``, or ``Renamed`` for a former slug."""
    if slug is None:
        return None
    known = _challenges().get(slug)
    return challenges.published(slug).id if known is None else known


_measure, _day = bindparam("measure", type_=Integer()), bindparam("day", type_=Date())
_readings = (
    select(PilotReading.measure_id, PilotReading.day, PilotReading.value, PilotReading.note)
    .join(PilotMeasure, PilotMeasure.id == PilotReading.measure_id)
    .where(
        PilotMeasure.pilot_id == bindparam("pilot"),
        PilotMeasure.removed_at.is_(None),
        or_(
            PilotReading.measure_id > _measure,
            and_(PilotReading.measure_id == _measure, PilotReading.day > _day),
        ),
    )
    .order_by(PilotReading.measure_id, PilotReading.day)
    .limit(bindparam("limit"))
)


def readings(pilot_id: int, *, after: str | None, limit: int) -> Page:
    """What was measured in a pilot, by measure and day. Raises ``BadCursor``."""
    measure, day = (0, date.min) if after is None else _reading(after)
    values = {"pilot": pilot_id, "measure": measure, "day": day, "limit": limit + 1}
    found = rows(_readings, values)
    shown = found[:limit]
    if len(found) <= limit:
        return Page(shown, None)
    return Page(shown, pagination.encode(shown[-1].measure_id, shown[-1].day.toordinal()))


def _reading(after: str) -> tuple[int, date]:
    measure, day = pagination.decode(after, 2)
    if not 0 <= measure <= ordering.LARGEST or not 1 <= day <= date.max.toordinal():
        raise pagination.BadCursor
    return measure, date.fromordinal(day)
