"""The statements that give an answer and take one back: the row first, the figure last.

Built once. On PostgreSQL row and figure are one statement, on SQLite two in one transaction.
"""

from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)

from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.answers import activity
from citizen_voice.answers.models import OPPOSE, SKIP, SUPPORT, Answer
from citizen_voice.challenges.models import OPINION, Challenge
from citizen_voice.db import Moment
from citizen_voice.ideas.models import ANSWERABLE_STAGES, PUBLISHED, Idea, IdeaListing


def _fixed(value: str | int) -> Any:
    """A constant of ours, written into the statement: nothing to send each time."""
    return literal_column(repr(value))


COLUMNS = {SUPPORT: "support", OPPOSE: "oppose", SKIP: "skip"}

L = IdeaListing
_answers: Any = Answer.__table__
_listing: Any = L.__table__
_of_idea = L.idea_id == bindparam("idea")
_ballot = select(Challenge.ballot).where(Challenge.id == L.challenge_id).scalar_subquery()
_SHOWN = (L.idea_id.label("id"), L.title, _ballot.label("ballot"))
"""What a card says of an idea beside the figures."""

_answerable = and_(
    Idea.id == bindparam("idea"),
    Idea.visibility == _fixed(PUBLISHED),
    Idea.stage.in_([_fixed(stage) for stage in ANSWERABLE_STAGES]),
    Challenge.published_at.is_not(None),
    Challenge.opens_at <= bindparam("now", type_=Moment()),
    Challenge.closes_at > bindparam("now", type_=Moment()),
)
_ballot_takes = or_(
    Challenge.ballot == _fixed(OPINION),
    bindparam("value", type_=Answer.value.type) == _fixed(SUPPORT),
)
_takes_part = and_(
    Person.shut_at.is_(None),
    or_(
        Person.paused_until.is_(None),
        Person.paused_until <= bindparam("now", type_=Moment()),
    ),
)

TAKE_BACK = (
    delete(_answers)
    .where(
        Answer.person_id == bindparam("person"),
        Answer.idea_id == bindparam("idea"),
        Answer.idea_id.in_(
            select(Idea.id).join(Challenge, Challenge.id == Idea.challenge_id).where(_answerable)
        ),
    )
    .returning(Answer.idea_id, Answer.value)
)
FIGURES = select(*_SHOWN, L.support, L.oppose).where(_of_idea)


@cache
def give(database: str) -> Any:
    """Put an answer where the idea takes it; gives what it was before.

    On PostgreSQL the person's row is held, so that who is about to leave answers no more, and then
    the idea's, in the order in which leaving holds them.
    """
    source = (
        select(
            Idea.id,
            bindparam("person", type_=Answer.person_id.type),
            bindparam("value", type_=Answer.value.type),
            Idea.version,
            bindparam("now", type_=Answer.answered_at.type),
        )
        .join(Challenge, Challenge.id == Idea.challenge_id)
        .join(Person, Person.id == bindparam("person"))
        .where(_answerable, _ballot_takes, Person.kind != _fixed(FORMER), _takes_part)
    )
    if database == "postgresql":
        source = source.with_for_update(read=True, key_share=True, of=[Person, Idea])
    statement = _insert(database)(_answers).from_select(
        ["idea_id", "person_id", "value", "version", "answered_at"], source
    )
    return statement.on_conflict_do_update(
        index_elements=["idea_id", "person_id"],
        set_={
            "previous": Answer.value,
            "value": statement.excluded.value,
            "version": statement.excluded.version,
            "answered_at": statement.excluded.answered_at,
        },
    ).returning(Answer.idea_id, Answer.previous, Answer.value)


def _insert(database: str) -> Any:
    """The kind of insert that knows of conflicts: a module of SQLAlchemy's a database."""
    return import_module(f"sqlalchemy.dialects.{database}").insert


@cache
def count(old: int | None, new: int | None) -> Any:
    """Move one answer from ``old`` to ``new`` in the figures; gives them.

    A first answer makes the idea livelier, too, and needs the place ``at`` (see ``activity``).
    """
    changes: dict[str, Any] = {}
    if old is None:
        changes["active"] = activity.after(L.active, activity.AT)
    if old is not None:
        changes[COLUMNS[old]] = getattr(L, COLUMNS[old]) - _fixed(1)
    if new is not None:
        changes[COLUMNS[new]] = getattr(L, COLUMNS[new]) + _fixed(1)
    moved = update(_listing).where(_of_idea).values(changes)
    return moved.returning(*_SHOWN, L.support, L.oppose)


@cache
def whole(*, taken_back: bool, committed_later: bool) -> Any:
    """Answer and figure in one statement of PostgreSQL's; gives the figures, or no row.

    ``committed_later``: it does not wait for the disk. Whoever runs it waits (``acts``).
    """
    given = (TAKE_BACK if taken_back else give("postgresql")).cte("given")
    new, old = (None, given.c.value) if taken_back else (given.c.value, given.c.previous)
    changes: dict[str, Any] = {
        name: getattr(L, name) + _moved(old, new, value) for value, name in COLUMNS.items()
    }
    if not taken_back:
        livelier = activity.after(L.active, activity.AT)
        changes["active"] = case((old.is_(None), livelier), else_=L.active)
    counted = (
        update(_listing)
        .where(L.idea_id == given.c.idea_id, old.is_distinct_from(new))
        .values(changes)
        .returning(L.idea_id, L.support, L.oppose)
        .cte("counted")
    )
    figures = (
        func.coalesce(getattr(counted.c, name), getattr(L, name)).label(name)
        for name in ("support", "oppose")
    )
    later = func.set_config(_fixed("synchronous_commit"), _fixed("off"), true()).label("later")
    return (
        select(*_SHOWN, *figures, *([later] if committed_later else []))
        .select_from(given)
        .join(L, L.idea_id == given.c.idea_id)
        .outerjoin(counted, true())
    )


def _moved(old: Any, new: Any, value: int) -> Any:
    """By how much an answer that was ``old`` and is ``new`` moves the figure of ``value``."""
    one, none = _fixed(1), _fixed(0)
    less = case((old == _fixed(value), one), else_=none)
    return -less if new is None else case((new == _fixed(value), one), else_=none) - less
