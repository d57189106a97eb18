"""Holds: what is about a person or an idea stays, whatever the rules say."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import standstill
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.ideas.models import Idea
from citizen_voice.journal import services as journal
from citizen_voice.retention.models import RetentionHold
from citizen_voice.retention.sweeping import lasting
from citizen_voice.words import _

REASON_LONGEST = 500


def hold(
    *,
    reason: str,
    actor: UUID | None,
    person_id: UUID | None = None,
    idea_id: int | None = None,
    until: date | None = None,
) -> int:
    """Hold what is about a person or about an idea, inside the caller's transaction; gives its key.

    Once it is there nothing that it is about goes: a batch that is under way is waited for. Raises
    ``Refusal`` where there is no such person or idea, or it lacks a reason, or it is there already.
    """
    standstill.call()
    if person_id is not None:
        kind = db.session.scalar(select(Person.kind).where(Person.id == person_id))
        if kind is None or kind == FORMER:
            raise Refusal(_("There is no such account."), field="about")
    elif idea_id is None or db.session.get(Idea, idea_id) is None:
        raise Refusal(_("There is no such idea."), field="about")
    if not reason.strip():
        raise Refusal(_("Say why it has to stay."), field="reason")
    if len(reason) > REASON_LONGEST:
        raise Refusal(
            _("Say it in %(most)s characters at most.", most=REASON_LONGEST), field="reason"
        )
    if until is not None and until < clock.today():
        raise Refusal(_("That day is over. Choose a later one, or none."), field="until")
    about = RetentionHold.person_id == person_id if person_id else RetentionHold.idea_id == idea_id
    there = select(RetentionHold.id).where(lasting(clock.today()), about)
    if db.session.execute(there.limit(1)).first() is not None:
        raise Refusal(_("There is a hold on that already."), field="about")
    row = RetentionHold(
        person_id=person_id,
        idea_id=None if person_id else idea_id,
        reason=reason.strip(),
        made_by=actor,
        since=clock.now(),
        until=until,
    )
    db.session.add(row)
    db.session.flush()
    journal.append("hold added", actor=actor, subject=f"hold {row.id}", detail=reason)
    return row.id


def end_hold(hold_id: int, *, actor: UUID | None) -> None:
    """Let the rules have their way again, inside the caller's transaction.

    Raises ``NotHere``, and ``Conflict`` where it has ended already.
    """
    row = db.session.get(RetentionHold, hold_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotHere
    if row.ended_at is not None:
        raise Conflict(_("This hold has ended already."))
    row.ended_by, row.ended_at = actor, clock.now()
    journal.append("hold ended", actor=actor, subject=f"hold {row.id}")
