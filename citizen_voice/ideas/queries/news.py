"""What is new to somebody since a moment: a few ideas of each kind, all in one statement.

Each kind is an arm of the statement. The arms about answers and comments are those features' own.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select, union_all

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, AnySelect, Moment, db
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import (
    IDEA_IN_FORCE,
    OPEN,
    PUBLISHED,
    WITHDRAWN,
    Idea,
    IdeaVersion,
    StageChange,
)
from citizen_voice.ideas.models import IdeaListing as L

STAGED, FRESH = "staged", "fresh"
MOST, MOST_FRESH = 5, 3
COUNTED = 100
"""New ideas are counted no further."""
LOOKED_AT = 1_000
"""Of the newest ideas, so many are looked at for those in open challenges."""
THEIR_OWN_DOING = (OPEN, WITHDRAWN)
"""Stages that an author moves an idea to: taken back, and brought back. Staff reopen one, too."""

PERSON = bindparam("person", type_=Idea.author_id.type)
SINCE = bindparam("since", type_=Moment())
_NOW = bindparam("now", type_=Moment())


def arm(kind: str, wanted: AnySelect) -> AnySelect:
    """A kind of news. ``wanted`` has the columns ``idea_id`` and ``number``, and few rows."""
    few = wanted.subquery()
    return (
        select(
            literal(kind).label("kind"),
            Idea.id,
            few.c.number,
            Idea.stage,
            IdeaVersion.title,
            IdeaVersion.language,
        )
        .select_from(few)
        .join(Idea, Idea.id == few.c.idea_id)
        .join(IdeaVersion, IDEA_IN_FORCE)
    )


def _own_staged() -> AnySelect:
    return (
        select(Idea.id.label("idea_id"), literal(0).label("number"))
        .where(
            Idea.author_id == PERSON,
            Idea.staged_at > SINCE,
            Idea.visibility == PUBLISHED,
            or_(Idea.stage.not_in(THEIR_OWN_DOING), _by_staff()),
        )
        .order_by(Idea.staged_at.desc(), Idea.id.desc())
        .limit(MOST)
    )


def _by_staff() -> ColumnElement[bool]:
    """Whether staff moved the idea to the stage at which it is."""
    own = (StageChange.idea_id == Idea.id, StageChange.changed_at == Idea.staged_at)
    return select(StageChange.id).where(*own).exists()


def _fresh() -> AnySelect:
    newest = (
        select(L.idea_id, L.challenge_id, L.published_at)
        .where(ordering.LISTED, L.published_at > SINCE)
        .order_by(L.published_at.desc(), L.idea_id.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    found = (
        select(newest.c.idea_id, newest.c.published_at)
        .join(Challenge, Challenge.id == newest.c.challenge_id)
        .join(Idea, Idea.id == newest.c.idea_id)
        .where(
            Challenge.opens_at <= _NOW,
            Challenge.closes_at > _NOW,
            Idea.author_id.is_distinct_from(PERSON),
        )
        .order_by(newest.c.published_at.desc(), newest.c.idea_id.desc())
        .limit(COUNTED)
        .subquery()
    )
    return (
        select(found.c.idea_id, func.count().over().label("number"))
        .order_by(found.c.published_at.desc(), found.c.idea_id.desc())
        .limit(MOST_FRESH)
    )


OWN_ARMS = (arm(STAGED, _own_staged()), arm(FRESH, _fresh()))


def news(
    moment: datetime, person_id: UUID, arms: Sequence[AnySelect], values: dict[str, Any]
) -> Sequence[AnyRow]:
    """Rows with ``kind``, ``number``, and an idea's ``id``, ``stage``, ``title``, ``language``.

    The number is that of supporters, of comments, or of all new ideas. ``arms`` are those of other
    features, with the ``values`` that they need further.
    """
    given = {"person": person_id, "since": moment, "now": clock.now(), **values}
    return db.session.execute(_statement(tuple(arms)), given).all()


@cache
def _statement(arms: tuple[AnySelect, ...]) -> Any:
    return union_all(*OWN_ARMS, *arms)
