"""What is true of joined ideas now."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, literal, select

from citizen_voice.accounts.models import Person
from citizen_voice.answers import queries as answers
from citizen_voice.answers.models import Answer
from citizen_voice.db import AnyRow, AnySelect, Key, db
from citizen_voice.ideas.models import PUBLISHED, Idea, IdeaListing
from citizen_voice.ideas.queries import Mine
from citizen_voice.ideas.queries import lists as ideas
from citizen_voice.merging.carrying import stands
from citizen_voice.merging.models import IdeaMerge, MergedAnswer

OPT_OUT = timedelta(days=14)
"""How long somebody whose answer was moved can take it out."""
UNDO = timedelta(days=183)
"""How long joined ideas can be taken apart: six months."""
MOST_NAMED = 20
"""So many joined ideas are named on the page of the one that stays."""

_stands = IdeaMerge.undone_at.is_(None)


def _following(idea: Any) -> AnySelect:
    """From an idea that was joined with another, to the one that it is now part of."""
    first = (
        select(IdeaMerge.into_id)
        .where(IdeaMerge.from_id == idea, _stands)
        .cte("following", recursive=True)
    )
    further = select(IdeaMerge.into_id).join(first, IdeaMerge.from_id == first.c.into_id)
    all_ = first.union_all(further.where(_stands))
    again = exists().where(IdeaMerge.from_id == all_.c.into_id, _stands)
    return select(all_.c.into_id).where(~again)


def _gathered() -> Any:
    """The merges by which other ideas have become part of an idea, and part of these."""
    columns = (IdeaMerge.id, IdeaMerge.from_id, IdeaMerge.into_id, IdeaMerge.merged_at)
    first = (
        select(*columns)
        .where(IdeaMerge.into_id == bindparam("idea"), _stands)
        .cte("gathered", recursive=True)
    )
    further = select(*columns).join(first, IdeaMerge.into_id == first.c.from_id)
    return first.union_all(further.where(_stands))


_FOLLOWING = _following(bindparam("idea"))
_IS_PUBLISHED = exists().where(Idea.id == ideas.NUMBER, Idea.visibility == PUBLISHED)
_NOW = func.coalesce(
    _following(ideas.NUMBER).where(_IS_PUBLISHED).limit(1).scalar_subquery(), ideas.NUMBER
)
_GATHERED = select(_gathered().c.from_id)
_JOINED = exists().where(IdeaMerge.into_id == IdeaListing.idea_id, _stands).label("joined")


def survivor(idea_id: int) -> int:
    """The idea that an idea is part of now, however often it was joined on; itself where none."""
    found: int | None = db.session.execute(_FOLLOWING, {"idea": idea_id}).scalars().first()
    return idea_id if found is None else found


def shown(ref: str, mine: Mine, beside: ideas.Beside = ideas.NOTHING_BESIDE) -> AnyRow:
    """As ``ideas.queries.shown``, of the idea that it is part of now, in the same statement.

    A hidden one leads nowhere: it stays itself.
    """
    return ideas.shown(ref, mine, beside, _NOW)


def gathered(idea_id: int) -> set[int]:
    """The ideas that are part of an idea, directly or through others."""
    return set(db.session.execute(_GATHERED, {"idea": idea_id}).scalars())


def mine(person_id: UUID | None) -> Mine:
    """As ``answers.queries.mine``; and whether other ideas were joined with one (``joined``)."""
    known = answers.mine(person_id)
    return Mine(known.columns, known.values, _with_joined(known.detail))


@cache
def _with_joined(detail: Any) -> Any:
    """The same columns each time, since statements are kept by them."""
    return (*detail, _JOINED)


def parts(idea_id: int, reader: UUID | None) -> Sequence[AnyRow]:
    """The ideas that are part of one, where everybody may know of them, in one statement.

    The columns: ``id``, ``title``, ``language``, ``author``, ``author_id``, ``author_kind``,
    ``merge_id``, ``into_id``, ``merged_at``; of the reader's answer that was moved ``value``,
    ``answered_at``, and whether it is what they say now of the one that stays (``stands``).
    """
    values: dict[str, Any] = {"idea": idea_id}
    if reader is not None:
        values["reader"] = reader
    return db.session.execute(_parts(reader is not None), values).all()


@cache
def _parts(known: bool) -> AnySelect:
    merges = _gathered()
    own: tuple[Any, ...] = (
        (MergedAnswer.value, MergedAnswer.answered_at, Answer.value.is_not(None).label("stands"))
        if known
        else (literal(None).label("value"), literal(None).label("answered_at"))
    )
    statement: Any = (
        select(
            merges.c.from_id.label("id"),
            merges.c.id.label("merge_id"),
            merges.c.into_id,
            merges.c.merged_at,
            IdeaListing.title,
            IdeaListing.language,
            Idea.visibility,
            Idea.author_id,
            Person.display_name.label("author"),
            Person.kind.label("author_kind"),
            *own,
        )
        .join(Idea, Idea.id == merges.c.from_id)
        .join(IdeaListing, IdeaListing.idea_id == merges.c.from_id)
        .outerjoin(Person, Person.id == Idea.author_id)
    )
    if known:
        reader = bindparam("reader", type_=Key())
        statement = statement.outerjoin(
            MergedAnswer,
            and_(MergedAnswer.merge_id == merges.c.id, MergedAnswer.person_id == reader),
        ).outerjoin(
            Answer,
            and_(Answer.idea_id == bindparam("idea"), Answer.person_id == reader, stands(Answer)),
        )
    return statement.order_by(merges.c.id)  # type: ignore[no-any-return]
