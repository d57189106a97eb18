"""Asking that somebody else looks again, and looking again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, events
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, new_key
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas.text import clean_words
from citizen_voice.journal import services as journal
from citizen_voice.moderation import things
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.events import AppealDecided
from citizen_voice.moderation.models import KEEP, STANDS, UPHELD, Appeal, Case, Decision
from citizen_voice.moderation.services import deciding
from citizen_voice.moderation.services.revising import APPEAL_LASTS
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.words import _

WORDS_LONGEST = 1_500


def appeal(decision_id: UUID, person_id: UUID, *, words: str, language: str) -> Appeal:
    """Somebody whom a decision concerns asks that somebody else looks again. Once, in six months.

    Raises ``NotHere`` for who is not concerned, and ``Refusal`` where it is too late or was undone.
    """
    decision = db.session.get(Decision, decision_id, with_for_update=True)
    if decision is None or decision.person_id != person_id or decision.act == KEEP:
        raise NotHere
    words = clean_words(words)
    if decision.undone_at is not None:
        raise Refusal(_("This was undone already."))
    if clock.now() > decision.decided_at + APPEAL_LASTS:
        raise Refusal(_("That was more than six months ago, so nobody looks at it again."))
    if _of(decision_id) is not None:
        raise Conflict(_("You have asked already. We tell you here what comes of it."))
    if not words:
        raise Refusal(_("Say in a few words why we should look again."), field="words")
    if len(words) > WORDS_LONGEST:
        raise Refusal(_("Make this 1,500 letters or shorter."), field="words")
    made = Appeal(
        id=new_key(),
        decision_id=decision_id,
        words=words,
        language=language,
        made_at=clock.now(),
    )
    db.session.add(made)
    journal.append("appeal made", actor=person_id, subject=f"decision {decision_id}", detail=words)
    return made


def who_may_decide(decision: Decision) -> Sequence[UUID]:
    """The colleagues who may look again: moderators other than who decided.

    Where there is none, administrators; where there is none of them either, nobody: it waits. Never
    the person themselves.
    """
    kept_out = {decision.decided_by, decision.person_id}
    for role in (MODERATOR, ADMINISTRATOR):
        found = [key for key in team.colleagues_with(role) if key not in kept_out]
        if found:
            return found
    return []


def decide_appeal(appeal_id: UUID, *, upheld: bool, reason: str, actor: UUID) -> Appeal:
    """Look again: what was decided stands, or is undone wholly.

    Raises ``NotHere``, ``NotAllowed`` for who may not, ``deciding.AlreadyDecided`` where somebody
    was quicker, and ``Refusal`` without a reason.
    """
    found = db.session.get(Appeal, appeal_id)
    if found is None:
        raise NotHere
    decision = db.session.get_one(Decision, found.decision_id)
    case = db.session.get_one(Case, decision.case_id)
    act = ACTS[decision.act]
    act.prepare()
    thing = things.lock([case], persons=act.holds_people, further=act.undone_with(decision))[
        case.id
    ]
    held = select(Decision).where(Decision.id == decision.id).with_for_update()
    db.session.scalars(held, execution_options={"populate_existing": True}).one()
    made = db.session.get_one(Appeal, appeal_id, with_for_update=True, populate_existing=True)
    if made.decided_at is not None:
        raise deciding.AlreadyDecided(decision.id)
    if actor not in who_may_decide(decision):
        raise NotAllowed(_("Somebody who did not decide this looks at it again."))
    reason = clean_words(reason)
    if not reason:
        raise Refusal(_("Write to them why."), field="reason")
    if len(reason) > WORDS_LONGEST:
        raise Refusal(_("Make this 1,500 letters or shorter."), field="reason")
    if upheld and decision.undone_at is None:
        deciding.revert(decision, case, thing, actor, reopen=False)
    made.outcome = UPHELD if upheld else STANDS
    made.decided_by, made.decided_at, made.reason = actor, clock.now(), reason
    journal.append(
        f"appeal {made.outcome}", actor=actor, subject=f"decision {decision.id}", detail=reason
    )
    if decision.person_id is not None:
        events.publish(
            AppealDecided(
                made.id,
                decision.id,
                decision.person_id,
                thing.idea_id,
                thing.pilot_id,
                upheld=upheld,
            )
        )
    return made


def _of(decision_id: UUID) -> UUID | None:
    return db.session.scalars(
        select(Appeal.id).where(Appeal.decision_id == decision_id)
    ).one_or_none()


def language_of(person_id: UUID | None) -> str:
    """The language in which somebody is written to; English where nobody knows."""
    if person_id is None:
        return "en"
    row = db.session.scalars(select(Person.language).where(Person.id == person_id)).one_or_none()
    return row or "en"
