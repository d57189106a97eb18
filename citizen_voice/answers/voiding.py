"""The answers of an account that is found to be a sham: not counted any more, and counted again."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, insert, literal, select

from citizen_voice import clock, events
from citizen_voice.accounts import standstill
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.answers import figures
from citizen_voice.answers.events import AnswersUnvoided, AnswersVoided
from citizen_voice.answers.models import Answer, VoidAnswer
from citizen_voice.db import db
from citizen_voice.errors import NotHere
from citizen_voice.journal import services as journal

SAME = ("idea_id", "person_id", "value", "previous", "version", "answered_at")
"""What both tables have."""


def void(person_id: UUID, *, actor: UUID | None) -> int:
    """Have all answers of a person count no more, also where the challenge has closed.

    They are kept, to come back as they were (``unvoid``). Gives how many there were. Raises
    ``NotHere`` for somebody who has left.
    """
    standstill.keep()
    _hold_person(person_id)
    theirs = _held(Answer, person_id)
    figures.hold(theirs)
    figures.count_person(person_id, Answer, theirs, sign=-1)
    now = clock.now()
    mine = Answer.person_id == person_id
    db.session.execute(
        delete(VoidAnswer).where(
            VoidAnswer.person_id == person_id,
            VoidAnswer.idea_id.in_(select(Answer.idea_id).where(mine)),
        )  # given again since it was void: the newer one is what would come back
    )
    columns = [getattr(Answer, name) for name in SAME]
    since = literal(now, VoidAnswer.voided_at.type)
    db.session.execute(
        insert(VoidAnswer).from_select([*SAME, "voided_at"], select(*columns, since).where(mine))
    )
    db.session.execute(delete(Answer).where(mine))
    journal.append(
        "answers void", actor=actor, subject=f"person {person_id}", detail=str(len(theirs))
    )
    events.publish(AnswersVoided(person_id, now))
    return len(theirs)


def unvoid(person_id: UUID, *, actor: UUID | None) -> int:
    """Have a person's void answers count again, exactly as they were; gives how many.

    An answer that the person has given since stays, and the void one of the same idea goes. Raises
    ``NotHere`` for somebody who has left.
    """
    standstill.keep()
    _hold_person(person_id)
    given_again = exists().where(
        Answer.idea_id == VoidAnswer.idea_id, Answer.person_id == VoidAnswer.person_id
    )
    mine = VoidAnswer.person_id == person_id
    db.session.execute(delete(VoidAnswer).where(mine, given_again))
    theirs = _held(VoidAnswer, person_id)
    figures.hold(theirs)
    figures.count_person(person_id, VoidAnswer, theirs, sign=1)
    columns = [getattr(VoidAnswer, name) for name in SAME]
    db.session.execute(insert(Answer).from_select([*SAME], select(*columns).where(mine)))
    db.session.execute(delete(VoidAnswer).where(mine))
    journal.append(
        "answers count again", actor=actor, subject=f"person {person_id}", detail=str(len(theirs))
    )
    events.publish(AnswersUnvoided(person_id))
    return len(theirs)


def _hold_person(person_id: UUID) -> None:
    """Have the person give no answer meanwhile."""
    kind = db.session.scalars(
        select(Person.kind).where(Person.id == person_id).with_for_update()
    ).one_or_none()
    if kind is None or kind == FORMER:
        raise NotHere


def _held(rows: Any, person_id: UUID) -> Collection[int]:
    """The ideas that a person has answered, the rows held: one taken back meanwhile is not there.

    Whoever holds several rows of answers holds them in this order.
    """
    return db.session.scalars(
        select(rows.idea_id)
        .where(rows.person_id == person_id)
        .order_by(rows.idea_id)
        .with_for_update()
    ).all()
