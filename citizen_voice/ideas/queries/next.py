"""One idea at a time: the next one that a reader has not answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select

from citizen_voice.db import AnySelect, Key, db
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import ANSWERABLE_STAGES, Idea, IdeaListing
from citizen_voice.ideas.ordering import Where

L = IdeaListing
FURTHEST = 10_000
"""So many ideas are walked past at most: who has answered those has done their part. The limit
also has PostgreSQL plan the look-ups once, not for each of the forty stretches."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """What leaves out an idea that a reader has answered, by its key; the values that it needs."""

    condition: Callable[[ColumnElement[int]], Where] | None
    values: Mapping[str, Any]


def next_one(
    challenge_id: int, reader: UUID | None, unseen: Unseen, *, after: str | None, offset: int
) -> int | None:
    """The number of the next idea of a challenge: the fewest answered first, never one's own.

    ``after`` is a place in the order *needs answers*, ``None`` its top; ``offset`` is today's
    beginning of it. ``None`` where there is nothing left. Raises ``BadCursor`` and
    ``ordering.Reshuffled``.
    """
    place = ordering.place(ordering.FAIR, after, offset)
    values = {"challenge": challenge_id, **place.values, **unseen.values}
    if reader is not None:
        values["author"] = reader
    statement = _next(place.shape, unseen.condition, reader is not None)
    number: int | None = db.session.execute(statement, values).scalar()
    return number


@cache
def _next(
    shape: ordering.Shape, unseen: Callable[[ColumnElement[int]], Where] | None, known: bool
) -> AnySelect:
    """The statement from a place of this shape.

    It walks an index in the order and looks each idea up among the reader's answers, so it costs
    as much as the reader has answered in this challenge, and stops at the first that is left.
    """
    here = (
        L.challenge_id == bindparam("challenge", type_=L.challenge_id.type),
        L.stage.in_(ANSWERABLE_STAGES),
    )
    stretches = ordering.ranges(ordering.FAIR, shape)
    walk = ordering.keys(stretches, here, FURTHEST).subquery("walk")
    found: AnySelect = select(walk.c.idea_id).limit(1)
    if unseen is not None:
        found = found.where(unseen(walk.c.idea_id))
    if known:
        author = select(Idea.author_id).where(Idea.id == walk.c.idea_id).scalar_subquery()
        found = found.where(author.is_distinct_from(bindparam("author", type_=Key())))
    return found
