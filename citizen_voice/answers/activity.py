"""How lively an idea is: its answers, each of which counts half as much after 14 days.

Kept as one number that needs no clock to stay right: the binary logarithm of Σ 2^(t / 14 days) over
the moments t at which people first answered. A new answer changes it by one addition, time passing
changes nothing, and to put ideas in order the numbers are compared as they are.

Only a first answer counts. A change of mind adds nothing, and what is taken back later stays in
what it was: this orders a list for moderators, it is no figure. Made anew (``rebuild``), it counts
the answers that stand, at the moment of their last change.
"""

import math
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    update,
)

from citizen_voice.answers.models import Answer
from citizen_voice.columns import EPOCH
from citizen_voice.db import db, dialect
from citizen_voice.ideas.models import IdeaListing

HALF_LIFE = 14 * 24 * 3600
"""Seconds after which an answer counts half."""
FAR = 60.0
"""Half-lives apart, one of two answers is nothing beside the other; without this bound the
databases' ``exp`` would underflow."""
BATCH = 500

L = IdeaListing
_LN_2: ColumnElement[float] = literal_column(repr(math.log(2)))
_FAR: ColumnElement[float] = literal_column(repr(FAR))
_ONE: ColumnElement[int] = literal_column("1")
AT = bindparam("at", type_=Double)
"""The place of the answer that is given, in the statements that count it."""


def place(moment: datetime) -> float:
    """A moment in half-lives since 1970."""
    return (moment - EPOCH).total_seconds() / HALF_LIFE


def worth(active: float, now: datetime) -> float:
    """What the answers count together at a moment: 1 for one given now, ½ for one 14 days ago."""
    return float(2 ** min(active - place(now), FAR))


def without(active: float, joined: float, before: float) -> float:
    """The number of an idea that another was joined with, once they are taken apart again.

    ``before`` is what it was until they were joined, ``joined`` what it was from then on, and
    ``active`` what it is now: the answers that came to it meanwhile stay. Where none came, it is
    ``before`` to the last bit.
    """
    if active <= joined:
        return before
    came = active + math.log2(-math.expm1(max(joined - active, -FAR) * math.log(2)))
    larger, smaller = max(before, came), min(before, came)
    return larger + math.log1p(2.0 ** max(smaller - larger, -FAR)) / math.log(2)


def after(active: Any, at: ColumnElement[float]) -> ColumnElement[float]:
    """The number once an answer at the place ``at`` has come to it, in SQL."""
    apart = case((active > at, active - at), else_=at - active)
    larger = case((active > at, active), else_=at)
    near = case((apart > _FAR, _FAR), else_=apart)
    return larger + func.ln(_ONE + func.exp(-near * _LN_2)) / _LN_2


def rebuild(ideas: Collection[int] | None = None) -> None:
    """Make the number of some ideas (``None``: of all) anew from the times of their answers.

    Answers without a time count nothing. Inside the caller's transaction: the listings are held
    first, as whoever gives an answer holds them last, so that none is lost.
    """
    if ideas is None:
        _hold(select(L.idea_id))
        db.session.execute(_made_anew(select(L.idea_id)))
        return
    keys = sorted(ideas)
    for first in range(0, len(keys), BATCH):
        some = select(L.idea_id).where(L.idea_id.in_(keys[first : first + BATCH]))
        _hold(some)
        db.session.execute(_made_anew(some))


def rebuild_challenge(challenge_id: int) -> None:
    """The same for the ideas of a challenge."""
    some = select(L.idea_id).where(L.challenge_id == challenge_id)
    _hold(some)
    db.session.execute(_made_anew(some))


def _hold(some: Select[int]) -> None:
    db.session.execute(some.order_by(L.idea_id).with_for_update()).all()


def _made_anew(some: Select[int]) -> Any:
    moment = _placed()
    timed = (Answer.idea_id.in_(some), Answer.answered_at.is_not(None))
    newest = (
        select(Answer.idea_id, func.max(moment).label("at"))
        .where(*timed)
        .group_by(Answer.idea_id)
        .subquery("newest")
    )
    apart = newest.c.at - moment
    near = case((apart > _FAR, _FAR), else_=apart)
    summed = (
        select(
            Answer.idea_id,
            (newest.c.at + func.ln(func.sum(func.exp(-near * _LN_2))) / _LN_2).label("active"),
        )
        .join(newest, newest.c.idea_id == Answer.idea_id)
        .where(*timed)
        .group_by(Answer.idea_id, newest.c.at)
        .subquery("summed")
    )
    listed = select(L.idea_id).where(L.idea_id.in_(some)).subquery("listed")
    true = (
        select(listed.c.idea_id, func.coalesce(summed.c.active, 0.0).label("active"))
        .outerjoin(summed, summed.c.idea_id == listed.c.idea_id)
        .subquery("true")
    )
    return (
        update(L)
        .where(L.idea_id == true.c.idea_id, L.active != true.c.active)
        .values(active=true.c.active)
        .execution_options(synchronize_session=False)
    )


def _placed() -> ColumnElement[Any]:
    """The place of an answer, in SQL."""
    if dialect() == "sqlite":
        return cast(Answer.answered_at, Double) / literal_column(repr(HALF_LIFE * 1e6))
    seconds = cast(func.extract("epoch", Answer.answered_at), Double)
    return seconds / literal_column(repr(float(HALF_LIFE)))
