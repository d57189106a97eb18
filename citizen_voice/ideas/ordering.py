"""The public orders of lists, and how a page of one is found without counting what came before.

*needs answers* (``fair``): ideas with the fewest answers first, by powers of two, as counted when
the day began; within such a bucket by chance, beginning each day at another place. Because the
buckets stand still for a day, a reader who pages through meets each idea exactly once while others
answer. *most supported* and *newest* are read as they are at the moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from citizen_voice.db import AnySelect
from citizen_voice.ideas.models import SHUFFLES, IdeaListing
from citizen_voice.web import pagination

FAIR, SUPPORTED, NEWEST = "fair", "supported", "newest"
ORDERS = (FAIR, SUPPORTED, NEWEST)
TOP_BUCKET = 20  # a million answers and more

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

L = IdeaListing
LISTED = type_coerce(L.listed, Integer)
"""The condition as the indexes of lists have it. SQLAlchemy writes a Boolean for SQLite as ``listed
= 1``, and SQLite does not see that this implies their ``WHERE listed``."""
Where = ColumnElement[bool]


class Reshuffled(Exception):
    """A place in *needs answers* of another day: the order has begun anew since."""


def total() -> ColumnElement[int]:
    """The number of answers of a row of the listing, detached ones included."""
    return L.support + L.oppose + L.skip + L.detached_support + L.detached_oppose + L.detached_skip


def bucket() -> ColumnElement[int]:
    """The bit length of the number of answers: 0, 1, 2–3, 4–7, … in SQL."""
    answers = total()
    return case(
        *((answers < 2**length, literal(length)) for length in range(TOP_BUCKET)),
        else_=literal(TOP_BUCKET),
    )


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of an index: which rows, and in which direction."""

    where: Where
    direction: tuple[Any, ...]


def ranges(order: str, after: str | None, offset: int) -> Sequence[Range]:
    """The stretches that follow a place in an order, one after the other.

    ``after`` is a cursor from ``cursor`` (``None``: from the top); ``offset`` is today's beginning
    of *fair*. Raises ``pagination.BadCursor`` and ``Reshuffled``.
    """
    if order == FAIR:
        return _fair(after, offset)
    if order == SUPPORTED:
        return _falling(L.support, _place(order, after))
    place = _place(order, after)
    moment = None if place is None else (_moment(place[0]), place[1])
    return _falling(L.published_at, moment)


def cursor(order: str, row: Any, offset: int) -> str:
    """The place of a row in an order, for the address of the next page."""
    if order == FAIR:
        return pagination.encode(offset, row.bucket, row.shuffle, row.id)
    value = row.support if order == SUPPORTED else (row.published_at - EPOCH) // MICROSECOND
    return pagination.encode(ORDERS.index(order), value, row.id)


def keys(stretches: Sequence[Range], filters: Sequence[Where], limit: int) -> AnySelect:
    """The keys of the first ``limit`` listed rows of some stretches, numbered in their order."""
    parts = [
        select(
            select(L.idea_id, literal(number).label("stretch"))
            .where(LISTED, stretch.where, *filters)
            .order_by(*stretch.direction)
            .limit(limit)
            .subquery()
        )
        for number, stretch in enumerate(stretches)
    ]
    found = union_all(*parts).subquery()
    return select(found.c.idea_id, found.c.stretch).limit(limit)


def in_order(order: str, rows: Sequence[Any], offset: int) -> list[Any]:
    """Rows of one page as the order has them: a join promises none."""
    if order == FAIR:
        return sorted(rows, key=lambda r: (r.bucket, r.shuffle < offset, r.shuffle, r.id))
    if order == SUPPORTED:
        return sorted(rows, key=lambda r: (r.support, r.id), reverse=True)
    return sorted(rows, key=lambda r: (r.published_at, r.id), reverse=True)


def _place(order: str, after: str | None) -> tuple[int, int] | None:
    if after is None:
        return None
    number, value, idea_id = pagination.decode(after, 3)
    if number != ORDERS.index(order):
        raise pagination.BadCursor
    return value, idea_id


def _moment(microseconds: int) -> datetime:
    try:
        return EPOCH + microseconds * MICROSECOND
    except OverflowError:
        raise pagination.BadCursor from None


def _falling(column: Any, place: tuple[Any, ...] | None) -> Sequence[Range]:
    direction = (column.desc(), L.idea_id.desc())
    if place is None:
        return [Range(literal(1) == 1, direction)]
    value, idea_id = place
    return [
        Range(and_(column == value, L.idea_id < idea_id), (L.idea_id.desc(),)),
        Range(column < value, direction),
    ]


def _fair(after: str | None, offset: int) -> Sequence[Range]:
    first_bucket = 0
    stretches = []
    direction = (L.shuffle, L.idea_id)
    if after is not None:
        begun, first_bucket, shuffle, idea_id = pagination.decode(after, 4)
        if begun != offset:
            raise Reshuffled
        if not 0 <= first_bucket <= TOP_BUCKET or not 0 <= shuffle < SHUFFLES:
            raise pagination.BadCursor
        later = or_(L.shuffle > shuffle, and_(L.shuffle == shuffle, L.idea_id > idea_id))
        if shuffle >= offset:
            stretches.append(Range(and_(L.bucket == first_bucket, later), direction))
            stretches.append(Range(and_(L.bucket == first_bucket, L.shuffle < offset), direction))
        else:
            stretches.append(
                Range(and_(L.bucket == first_bucket, L.shuffle < offset, later), direction)
            )
        first_bucket += 1
    for number in range(first_bucket, TOP_BUCKET + 1):
        stretches.append(Range(and_(L.bucket == number, L.shuffle >= offset), direction))
        stretches.append(Range(and_(L.bucket == number, L.shuffle < offset), direction))
    return stretches
