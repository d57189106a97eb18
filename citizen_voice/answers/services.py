"""Answering: one row and one figure change together, or nothing does.

The row is upserted first and keeps what it was before; the figure follows last, so that its lock is
held the shortest time. An answer updates no row of the challenge.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import Person
from citizen_voice.answers import activity, statements
from citizen_voice.answers.acts import act
from citizen_voice.answers.models import SUPPORT, VALUES, Answer, VoidAnswer
from citizen_voice.answers.statements import COLUMNS
from citizen_voice.challenges.models import CLOSED, OPINION, UPCOMING, Challenge, state
from citizen_voice.db import AnyRow, db, dialect
from citizen_voice.errors import Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import ANSWERABLE_STAGES, MERGED, Idea, IdeaListing
from citizen_voice.words import _

NONE = "none"
CHOOSE = _("Choose one of the answers.")
CHUNK = 500
"""How many ideas a statement names at once."""


class NotAnswerable(Refusal):
    """The idea takes no answers now; the words say why."""

    def __init__(self, words: object) -> None:
        super().__init__(words, field="value")


def answer(person_id: UUID, idea_id: int, value: str) -> AnyRow | None:
    """``cast`` as an act of its own, which is durable when this returns."""
    _refuse_unknown(value)
    with act() as connection:
        return _cast(connection, person_id, idea_id, value, committed_later=True)


def cast(person_id: UUID, idea_id: int, value: str) -> AnyRow | None:
    """Give, change or take back an answer. Giving the same one again changes no figure.

    ``value`` is ``support``, ``oppose``, ``skip`` or ``none`` (take back). Gives id, title, ballot,
    support and oppose of the idea, as they are right after it; ``None`` where there was nothing to
    take back. Raises ``NotAnswerable`` with the reason, or ``NotHere``.
    """
    _refuse_unknown(value)
    return _cast(db.session.connection(), person_id, idea_id, value, committed_later=False)


def _refuse_unknown(value: str) -> None:
    if value != NONE and value not in VALUES:
        raise Refusal(CHOOSE, field="value")


def _cast(
    connection: Connection, person_id: UUID, idea_id: int, value: str, *, committed_later: bool
) -> AnyRow | None:
    now = clock.now()
    values: dict[str, Any] = {"idea": idea_id, "person": person_id, "now": now}
    if value != NONE:
        values |= {"value": VALUES[value], "at": activity.place(now)}
    if dialect() == "sqlite":
        shown = _in_two_steps(connection, values)
    else:
        statement = statements.whole(taken_back=value == NONE, committed_later=committed_later)
        shown = connection.execute(statement, values).one_or_none()
    if shown is None:
        refusal = _why_not(idea_id, VALUES.get(value, SUPPORT))
        if refusal is not None:
            raise refusal
        if value != NONE:
            _refuse_paused(person_id)
            raise Refusal(CHOOSE, field="value")
    return shown


def _in_two_steps(connection: Connection, values: dict[str, Any]) -> AnyRow | None:
    """The answer, then its figure."""
    new = values.get("value")
    statement = statements.TAKE_BACK if new is None else statements.give("sqlite")
    row = connection.execute(statement, values).one_or_none()
    if row is None:
        return None
    old = row.value if new is None else row.previous
    figures = statements.FIGURES if old == new else statements.count(old, new)
    return connection.execute(figures, {name: values.get(name) for name in ("idea", "at")}).one()


def _refuse_paused(person_id: UUID) -> None:
    row = db.session.execute(
        select(Person.paused_until, Person.shut_at).where(Person.id == person_id)
    ).one_or_none()
    if row is not None:
        accounts.refuse_paused(row.paused_until, row.shut_at)


def _why_not(idea_id: int, value: int) -> Refusal | None:
    """The reason why an idea takes no such answer; ``None`` where it does. Raises ``NotHere``."""
    row = ideas.standing(idea_id)
    if row.stage == MERGED:
        return NotAnswerable(_("This idea was joined with another one. Please answer there."))
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

    Where the challenge has closed the published figure stands, and the detached count says so. What
    was void is in no figure.
    """
    person = leaving.person_id
    db.session.execute(delete(VoidAnswer).where(VoidAnswer.person_id == person))
    answered = select(Answer.idea_id).where(Answer.person_id == person)
    both = Idea.id.in_(answered) | (Idea.author_id == person)  # which are next: all in one order
    db.session.execute(select(Idea.id).where(both).order_by(Idea.id).with_for_update())
    listed = select(IdeaListing.idea_id).where(IdeaListing.idea_id.in_(answered))
    db.session.execute(listed.order_by(IdeaListing.idea_id).with_for_update())
    gone = db.session.execute(
        delete(Answer).where(Answer.person_id == person).returning(Answer.idea_id, Answer.value)
    ).all()
    closed = select(Challenge.id).where(Challenge.closes_at <= clock.now())
    for value, column in COLUMNS.items():
        ids = sorted(row.idea_id for row in gone if row.value == value)
        figure, detached = getattr(IdeaListing, column), f"detached_{column}"
        for start in range(0, len(ids), CHUNK):
            these = update(IdeaListing).where(IdeaListing.idea_id.in_(ids[start : start + CHUNK]))
            is_closed = IdeaListing.challenge_id.in_(closed)
            counted = {detached: getattr(IdeaListing, detached) + 1}
            db.session.execute(these.where(is_closed).values(counted))
            db.session.execute(these.where(~is_closed).values({column: figure - 1}))
