"""The rows of the board: listed ideas in one of its orders, with the figures that moderators weigh.

Ideas are put in order by one value; equal ones, the newest first. Then the rest is read of those
that a page shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, bindparam, case, func, literal_column, select

from citizen_voice import clock
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.board import wilson
from citizen_voice.board.queries.across import least_convinced
from citizen_voice.challenges.models import OPINION, Challenge
from citizen_voice.comments.models import CommentThread
from citizen_voice.db import AnyRow, AnySelect, Moment, db, dialect
from citizen_voice.db import rows as rows_of
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries.lists import CARD

SUPPORTED, SHARE, ACTIVE = "supported", "share", "active"
GROWTH, DISCUSSED, ACROSS = "growth", "discussed", "across"
ORDERS = (SUPPORTED, SHARE, ACTIVE, GROWTH, DISCUSSED, ACROSS)

PAGE = 25
WEEK = timedelta(days=7)
CHUNK = 500

L = IdeaListing
FILTERS: dict[str, ColumnElement[bool]] = {
    "challenge": L.challenge_id == bindparam("challenge", type_=L.challenge_id.type),
    "ward": L.ward_id == bindparam("ward", type_=L.challenge_id.type),
    "stage": L.stage == bindparam("stage", type_=L.stage.type),
    "replied": L.reply_id.is_not(None),
    "unreplied": L.reply_id.is_(None),
}
_grown = (
    select(func.count())
    .where(
        Answer.idea_id == L.idea_id,
        Answer.value == SUPPORT,
        Answer.previous.is_distinct_from(SUPPORT),
        Answer.answered_at >= bindparam("week", type_=Moment()),
    )
    .correlate(L)
    .scalar_subquery()
)
"""Who supports it now, and did not a week ago."""
_answers = L.support + L.oppose
_share = case(
    (and_(Challenge.ballot == OPINION, _answers > 0), wilson.lower(L.support, _answers)),
    else_=literal_column("-1.0"),
)
_said = func.coalesce(CommentThread.published, 0)

LISTED_ONE = select(*CARD).where(ordering.LISTED, L.idea_id == bindparam("number"))
"""A card of one listed idea, by its ``number``."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the board is narrowed to; ``None`` is no narrowing."""

    challenge: int | None = None
    ward: int | None = None
    stage: str | None = None
    replied: bool | None = None

    @property
    def names(self) -> frozenset[str]:
        """The filters that apply."""
        found = {name for name in ("challenge", "ward", "stage") if getattr(self, name) is not None}
        if self.replied is not None:
            found.add("replied" if self.replied else "unreplied")
        return frozenset(found)

    def values(self, now: datetime) -> dict[str, Any]:
        """The parameters of the statement."""
        given = {name: getattr(self, name) for name in ("challenge", "ward", "stage")}
        return {name: value for name, value in given.items() if value is not None} | {
            "week": now - WEEK
        }


def page(order: str, narrowed: Narrowed, number: int) -> tuple[list[AnyRow], bool]:
    """The rows of a page (the first is 1), in one statement, and whether more follow.

    They have the columns of a card and ``active``, ``reply_id``, ``owed_on``, ``replies_by``,
    ``comments``, ``growth``, and ``value``, by which they are in order.
    """
    values = narrowed.values(clock.now()) | {"most": PAGE + 1, "before": (number - 1) * PAGE}
    found = list(rows_of(_statement(order, narrowed.names, paged=True), values, stays=False))
    return found[:PAGE], len(found) > PAGE


def streamed(order: str, narrowed: Narrowed) -> Iterator[AnyRow]:
    """All rows, read as they are taken, by a connection and a read transaction of their own."""
    engine, statement = db.engines["read"], _statement(order, narrowed.names, paged=False)
    values, lite = narrowed.values(clock.now()), dialect() == "sqlite"

    def reading() -> Iterator[AnyRow]:
        # PostgreSQL sends a part at a time within a transaction alone; SQLite knows none to read
        options: Any = {} if lite else {"isolation_level": "REPEATABLE READ"}
        with engine.connect() as connection:
            connection.execution_options(yield_per=CHUNK, **options)
            yield from connection.execute(statement, values)

    return reading()


@cache
def _statement(order: str, names: frozenset[str], *, paged: bool) -> AnySelect:
    conditions = [FILTERS[name] for name in sorted(names)]
    wanted = _wanted(order, conditions, paged=paged)
    return (
        select(
            *CARD,
            L.active,
            L.reply_id,
            L.owed_on,
            Challenge.replies_by,
            _said.label("comments"),
            _grown.label("growth"),
            wanted.c.value,
        )
        .select_from(wanted)
        .join(L, L.idea_id == wanted.c.idea_id)
        .join(Challenge, Challenge.id == L.challenge_id)
        .outerjoin(CommentThread, CommentThread.idea_id == L.idea_id)
        .order_by(wanted.c.value.desc(), L.idea_id.desc())
    )


def _wanted(order: str, conditions: list[ColumnElement[bool]], *, paged: bool) -> Subquery:
    """The ideas of a page, and the value of each."""
    if order == ACROSS:
        across = least_convinced(conditions)
        found: Any = select(across.c.idea_id, across.c.value)
        key: Any = across.c.idea_id
        value: Any = across.c.value
    else:
        key = L.idea_id
        value = {
            SUPPORTED: L.support,
            SHARE: _share,
            ACTIVE: L.active,
            GROWTH: _grown,
            DISCUSSED: _said,
        }[order]
        found = select(L.idea_id, value.label("value")).where(ordering.LISTED, *conditions)
        if order == SHARE:
            found = found.join(Challenge, Challenge.id == L.challenge_id)
        elif order == DISCUSSED:
            found = found.outerjoin(CommentThread, CommentThread.idea_id == L.idea_id)
    if paged:
        found = found.order_by(value.desc(), key.desc())
        found = found.limit(bindparam("most")).offset(bindparam("before"))
    return found.subquery("wanted")  # type: ignore[no-any-return]  # a select of two kinds
