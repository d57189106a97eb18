"""The public orders of lists, and how a page of one is found without counting what came before.

*needs answers* (``fair``): ideas with the fewest answers first, by powers of two, as counted when
the day began; within such a bucket by chance, beginning each day at another place. Because the
buckets stand still for a day, a reader who pages through meets each idea exactly once while others
answer. *most supported* and *newest* are read as they are at the moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
)

from citizen_voice.db import AnySelect
from citizen_voice.ideas.models import SHUFFLES, IdeaListing
from citizen_voice.site.queries import fair_top
from citizen_voice.web import pagination

FAIR, SUPPORTED, NEWEST = "fair", "supported", "newest"
ORDERS = (FAIR, SUPPORTED, NEWEST)
TOP_BUCKET = 20  # half a million answers and more
LARGEST = 2**31 - 1  # of keys and figures

L = IdeaListing
LISTED: ColumnElement[Any] = literal_column("idea_listing.listed")
"""The condition as the indexes of lists have it. SQLAlchemy writes a Boolean for SQLite as ``listed
= 1``, and SQLite does not see that this implies their ``WHERE listed``."""
Where = ColumnElement[bool]


class Reshuffled(Exception):
    """A place in *needs answers* of another day: the order has begun anew since."""


def total() -> ColumnElement[int]:
    """The number of answers of a row of the listing."""
    return L.support + L.oppose + L.skip


def bucket() -> ColumnElement[int]:
    """The bit length of the number of answers: 0, 1, 2–3, 4–7, … in SQL."""
    answers = total()
    return case(
        *((answers < 2**length, literal(length)) for length in range(TOP_BUCKET)),
        else_=literal(TOP_BUCKET),
    )


class Shape(NamedTuple):
    """What kind of place it is, and how many buckets follow (*fair*): a statement serves it."""

    kind: str
    further: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an order a page begins: the shape of what follows, and its values."""

    shape: Shape
    values: Mapping[str, Any]


TOP, AFTER, WRAPPED = Shape("top"), Shape("after"), Shape("wrapped")


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of an index: which rows, and in which direction."""

    where: Where
    direction: tuple[Any, ...]


def place(order: str, after: str | None, offset: int) -> Place:
    """The place that a cursor names (``None``: the top of the list).

    ``offset`` is today's beginning of *fair*. Raises ``pagination.BadCursor`` and ``Reshuffled``.
    """
    if order == FAIR:
        return _fair_place(after, offset)
    if after is None:
        return Place(TOP, {})
    number, value, idea_id = pagination.decode(after, 3)
    if number != ORDERS.index(order) or not 0 <= idea_id <= LARGEST:
        raise pagination.BadCursor
    if order == NEWEST:
        return Place(AFTER, {"value": pagination.moment(value), "id": idea_id})
    if abs(value) > LARGEST:
        raise pagination.BadCursor
    return Place(AFTER, {"value": value, "id": idea_id})


def cursor(order: str, row: Any, offset: int) -> str:
    """The place of a row in an order, for the address of the next page."""
    if order == FAIR:
        return pagination.encode(offset, row.bucket, row.shuffle, row.id)
    value = row.support if order == SUPPORTED else pagination.of_moment(row.published_at)
    return pagination.encode(ORDERS.index(order), value, row.id)


def ranges(order: str, shape: Shape) -> Sequence[Range]:
    """The stretches that follow a place of this shape, one after the other.

    Their parameters are the place's values, so that one statement serves all places of a shape.
    """
    if order == FAIR:
        return _fair(shape)
    return _falling(L.support if order == SUPPORTED else L.published_at, shape)


def keys(stretches: Sequence[Range], filters: Sequence[Where], limit: int) -> AnySelect:
    """The keys of the first ``limit`` listed rows of some stretches."""
    parts = [
        select(
            select(L.idea_id)
            .where(LISTED, stretch.where, *filters)
            .order_by(*stretch.direction)
            .limit(_written(limit))
            .subquery()
        )
        for stretch in stretches
    ]
    return select(union_all(*parts).subquery()).limit(_written(limit))


def _written(number: int) -> ColumnElement[int]:
    """A number of ours as it is: a parameter for each of a statement's forty would cost more."""
    return literal_column(str(number), Integer)


def in_order(order: str, rows: Sequence[Any], offset: int) -> list[Any]:
    """Rows of one page as the order has them: a join promises none."""
    if order == FAIR:
        return sorted(rows, key=lambda r: (r.bucket, r.shuffle < offset, r.shuffle, r.id))
    if order == SUPPORTED:
        return sorted(rows, key=lambda r: (r.support, r.id), reverse=True)
    return sorted(rows, key=lambda r: (r.published_at, r.id), reverse=True)


def _falling(column: Any, shape: Shape) -> Sequence[Range]:
    direction = (column.desc(), L.idea_id.desc())
    if shape == TOP:
        return [Range(true(), direction)]
    value = bindparam("value", type_=column.type)
    before = L.idea_id < bindparam("id", type_=L.idea_id.type)
    return [
        Range(and_(column == value, before), (L.idea_id.desc(),)),
        Range(column < value, direction),
    ]


def _fair_place(after: str | None, offset: int) -> Place:
    if after is None:
        return Place(TOP._replace(further=fair_top()), {"offset": offset, "bucket": 0})
    begun, number, shuffle, idea_id = pagination.decode(after, 4)
    if begun != offset:
        raise Reshuffled
    fits = 0 <= number <= TOP_BUCKET and 0 <= shuffle < SHUFFLES
    if not fits or not 0 <= idea_id <= LARGEST:
        raise pagination.BadCursor
    values = {"offset": offset, "bucket": number, "shuffle": shuffle, "id": idea_id}
    kind = AFTER if shuffle >= offset else WRAPPED
    # as many as from the lowest: one statement for all places of a kind (they take much memory)
    return Place(kind._replace(further=fair_top()), values)


def _fair(shape: Shape) -> Sequence[Range]:
    direction = (L.shuffle, L.idea_id)
    whole = L.bucket.type
    begin = bindparam("offset", type_=whole)
    first = bindparam("bucket", type_=whole)
    shuffle, idea_id = bindparam("shuffle", type_=whole), bindparam("id", type_=whole)
    later = or_(L.shuffle > shuffle, and_(L.shuffle == shuffle, L.idea_id > idea_id))
    upper, lower = L.shuffle >= begin, L.shuffle < begin
    here = {
        TOP.kind: [upper, lower],
        AFTER.kind: [later, lower],
        WRAPPED.kind: [and_(lower, later)],
    }[shape.kind]
    stretches = [Range(and_(L.bucket == first, where), direction) for where in here]
    for further in range(1, shape.further + 1):
        later_bucket = L.bucket == first + _written(further)
        stretches += [Range(and_(later_bucket, where), direction) for where in (upper, lower)]
    # there is nothing beyond, as counted when the day began; but nothing may be lost
    beyond = L.bucket > first + _written(shape.further)
    return [*stretches, Range(beyond, (L.bucket, *direction))]
