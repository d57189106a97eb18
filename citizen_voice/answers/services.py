"""Answering: one row and one figure change together, or nothing does.

The row is upserted first and keeps what it was before; the figure follows as the last statement of
the transaction, so that its lock is held the shortest time. An answer updates no row of the
challenge.
"""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.answers.models import OPPOSE, SKIP, SUPPORT, VALUES, Answer
from citizen_voice.challenges.models import CLOSED, OPINION, UPCOMING, Challenge, state
from citizen_voice.db import Moment, db, dialect, rows
from citizen_voice.errors import Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import (
    ANSWERABLE_STAGES,
    PUBLISHED,
    Idea,
    IdeaListing,
)
from citizen_voice.words import _

NONE = "none"
CHOOSE = _("Choose one of the answers.")
COLUMNS = {SUPPORT: "support", OPPOSE: "oppose", SKIP: "skip"}


class NotAnswerable(Refusal):
    """The idea takes no answers now; the words say why."""

    def __init__(self, words: object) -> None:
        super().__init__(words, field="value")


_answerable = and_(
    Idea.id == bindparam("idea"),
    Idea.visibility == PUBLISHED,
    Idea.stage.in_(ANSWERABLE_STAGES),
    Challenge.published_at.is_not(None),
    Challenge.opens_at <= bindparam("now", type_=Moment()),
    Challenge.closes_at > bindparam("now", type_=Moment()),
)
_answers: Any = Answer.__table__
_listing: Any = IdeaListing.__table__
_of_idea = IdeaListing.idea_id == bindparam("idea")
_TAKEN_BACK = (
    delete(_answers)
    .where(
        Answer.person_id == bindparam("person"),
        Answer.idea_id == bindparam("idea"),
        Answer.idea_id.in_(
            select(Idea.id).join(Challenge, Challenge.id == Idea.challenge_id).where(_answerable)
        ),
    )
    .returning(Answer.value)
)
_ballot_takes = or_(
    Challenge.ballot == OPINION, bindparam("value", type_=Answer.value.type) == SUPPORT
)


def _upsert(insert: Any) -> Any:
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
        .where(_answerable, _ballot_takes, Person.kind != FORMER)
    )
    statement = insert(Answer.__table__).from_select(
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
    ).returning(Answer.previous)


def cast(person_id: UUID, idea_id: int, value: str) -> None:
    """Give, change or take back an answer. Giving the same one again changes no figure.

    ``value`` is ``support``, ``oppose``, ``skip`` or ``none`` (take back). Raises
    ``NotAnswerable`` with the reason, or ``NotHere``.
    """
    if value == NONE:
        _take_back(person_id, idea_id)
        return
    if value not in VALUES:
        raise Refusal(CHOOSE, field="value")
    new = VALUES[value]
    values = {"idea": idea_id, "person": person_id, "value": new, "now": clock.now()}
    known = rows(UPSERTS[dialect()], values)
    if not known:
        raise _why_not(idea_id, new) or Refusal(CHOOSE, field="value")
    _count(idea_id, known[0].previous, new)


def _take_back(person_id: UUID, idea_id: int) -> None:
    gone = rows(_TAKEN_BACK, {"idea": idea_id, "person": person_id, "now": clock.now()})
    if gone:
        _count(idea_id, gone[0].value, None)
        return
    refusal = _why_not(idea_id, SUPPORT)
    if refusal is not None:
        raise refusal


def _count(idea_id: int, old: int | None, new: int | None) -> None:
    if old != new:
        db.session.connection().execute(_counted(old, new), {"idea": idea_id})


@cache
def _counted(old: int | None, new: int | None) -> Any:
    """The statement that moves one answer from ``old`` to ``new`` in the figures."""
    changes: dict[str, Any] = {}
    if old is not None:
        changes[COLUMNS[old]] = getattr(IdeaListing, COLUMNS[old]) - 1
    if new is not None:
        changes[COLUMNS[new]] = getattr(IdeaListing, COLUMNS[new]) + 1
    return update(_listing).where(_of_idea).values(changes)


def _why_not(idea_id: int, value: int) -> Refusal | None:
    """The reason why an idea takes no such answer; ``None`` where it does. Raises ``NotHere``."""
    row = ideas.standing(idea_id)
    if row.stage not in ANSWERABLE_STAGES:
        return NotAnswerable(_("This idea takes no more answers. What was counted stays."))
    when = state(row, clock.now())
    if when == CLOSED:
        return NotAnswerable(_("This challenge has closed, so answers can't change any more."))
    if when == UPCOMING:
        return NotAnswerable(_("This challenge has not opened yet."))
    if row.ballot != OPINION and value != SUPPORT:
        return NotAnswerable(_("In this challenge you can support ideas, or leave them."))
    return None


def remove_answers_of(leaving: PersonLeaving) -> None:
    """Somebody leaves: their rows go, and so do the figures of what is still open.

    Where the challenge has closed the published figure stands, and the detached count says so.
    """
    now = clock.now()
    theirs = db.session.execute(
        select(Answer.idea_id, Answer.value, Challenge.closes_at)
        .join(Idea, Idea.id == Answer.idea_id)
        .join(Challenge, Challenge.id == Idea.challenge_id)
        .where(Answer.person_id == leaving.person_id)
        .order_by(Answer.idea_id)
    ).all()
    db.session.execute(
        select(Idea.id)
        .where(Idea.id.in_([row.idea_id for row in theirs]))
        .order_by(Idea.id)
        .with_for_update()
    )
    for row in theirs:
        gone = db.session.execute(
            delete(Answer)
            .where(Answer.idea_id == row.idea_id, Answer.person_id == leaving.person_id)
            .returning(Answer.value)
        ).scalar_one_or_none()
        if gone is None:
            continue
        column, detached = COLUMNS[gone], f"detached_{COLUMNS[gone]}"
        changes: dict[str, Any] = (
            {detached: getattr(IdeaListing, detached) + 1}
            if row.closes_at <= now
            else {column: getattr(IdeaListing, column) - 1}
        )
        db.session.execute(
            update(IdeaListing).where(IdeaListing.idea_id == row.idea_id).values(changes)
        )


UPSERTS = {"sqlite": _upsert(sqlite_insert), "postgresql": _upsert(postgresql_insert)}
