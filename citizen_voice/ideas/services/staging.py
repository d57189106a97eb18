"""What staff do with the stage of an idea: shortlist, adopt, decline, reopen; and undoing it.

It goes on after a challenge has closed. Ideas that pilots try are left to those.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock, events
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import working_days
from citizen_voice.ideas.events import IdeaStaged
from citizen_voice.ideas.models import (
    ADOPTED,
    DECLINED,
    MERGED,
    OPEN,
    PILOTING,
    PUBLISHED,
    SHORTLISTED,
    WITHDRAWN,
    Idea,
    IdeaListing,
    StageChange,
)
from citizen_voice.ideas.services.listing import relist
from citizen_voice.ideas.text import clean_words, says_something
from citizen_voice.journal import services as journal
from citizen_voice.web.filters import reference
from citizen_voice.words import _

MOVES = {
    OPEN: (SHORTLISTED, ADOPTED, DECLINED),
    SHORTLISTED: (ADOPTED, DECLINED, OPEN),
    ADOPTED: (OPEN,),
    DECLINED: (OPEN,),
}
"""Where staff move an idea from each stage."""

REASON_LONGEST = 600
WHY_NOT = {
    PILOTING: _("A trial has begun with this idea, so its stage follows the trial."),
    MERGED: _("This idea was joined with another one. Look at that one."),
    WITHDRAWN: _("This idea was taken back by its author."),
}
ALREADY = {
    OPEN: _("This idea is open already."),
    SHORTLISTED: _("This idea is being looked at already."),
    ADOPTED: _("This idea is happening already."),
    DECLINED: _("This idea was declined already."),
}
REOPEN_FIRST = _("This was decided. Reopen it first.")
OUT_OF_SIGHT = _("Only a published idea moves on.")


def shortlist(
    idea_id: int,
    *,
    actor: UUID | None,
    reason: str,
    reason_cy: str = "",
    next_on: date | None = None,
) -> None:
    """The council looks at an idea; ``next_on`` is when the next word comes, if one is promised.

    Everybody reads the reason. Raises ``NotAllowed`` where the idea is not open and published, and
    ``Refusal`` for a reason that says nothing and for a day that is no working day to come.
    """
    _by_staff(idea_id, SHORTLISTED, actor, (reason, reason_cy), next_on)


def adopt(
    idea_id: int,
    *,
    actor: UUID | None,
    reason: str,
    reason_cy: str = "",
    next_on: date | None = None,
) -> None:
    """The council does it, without a trial (a quick fix). As ``shortlist``, also of these."""
    _by_staff(idea_id, ADOPTED, actor, (reason, reason_cy), next_on)


def decline(idea_id: int, *, actor: UUID | None, reason: str, reason_cy: str = "") -> None:
    """The council does not do it. As ``shortlist``, also of these."""
    _by_staff(idea_id, DECLINED, actor, (reason, reason_cy), None)


def reopen(
    idea_id: int,
    *,
    actor: UUID | None,
    reason: str,
    reason_cy: str = "",
    next_on: date | None = None,
) -> None:
    """What was shortlisted or decided is open again; answers thaw while the challenge is open."""
    _by_staff(idea_id, OPEN, actor, (reason, reason_cy), next_on)


def clean_reason(english: str, welsh: str = "") -> tuple[str, str]:
    """A reason in both languages as it is stored; the Welsh may be missing.

    Raises ``Refusal`` (``reason_en``, ``reason_cy``) for one that says nothing or is too long.
    """
    reasons = clean_words(english), clean_words(welsh)
    if not says_something(reasons[0]):
        raise Refusal(_("Say in a few words why."), field="reason_en")
    for reason, field in zip(reasons, ("reason_en", "reason_cy"), strict=True):
        if len(reason) > REASON_LONGEST:
            raise Refusal(_("Make this 600 letters or shorter."), field=field)
    return reasons


def why_not(idea: Idea, stage: str) -> Any:
    """Why staff cannot move an idea to a stage, in words; ``None`` where they can."""
    if idea.visibility != PUBLISHED:
        return OUT_OF_SIGHT
    if idea.stage in WHY_NOT:
        return WHY_NOT[idea.stage]
    if stage in MOVES[idea.stage]:
        return None
    return ALREADY[stage] if idea.stage == stage else REOPEN_FIRST


def change_stage(
    idea: Idea,
    stage: str,
    *,
    actor: UUID | None,
    reason: tuple[str, str] = ("", ""),
    next_on: date | None = None,
    journalled: str = "",
    pilot_id: int | None = None,
) -> StageChange:
    """Move an idea whose row is locked, where ``why_not`` has no objection.

    Without a ``reason``, a reply says why (and ``journalled`` is its reason, for the journal), or
    the pilot ``pilot_id`` does.
    """
    change = StageChange(
        idea_id=idea.id,
        was=idea.stage,
        stage=stage,
        staged_before=idea.staged_at,
        reason_en=reason[0],
        reason_cy=reason[1],
        next_on=next_on,
        pilot_id=pilot_id,
        changed_by=actor,
        changed_at=clock.now(),
    )
    db.session.add(change)
    _record(idea, stage, actor, reason[0] or journalled)
    idea.stage, idea.staged_at = stage, change.changed_at
    db.session.flush()  # what refers to the change needs its number
    relist(idea)
    if settles_what_is_owed(change):
        db.session.execute(
            update(IdeaListing).where(IdeaListing.idea_id == idea.id).values(owed_on=next_on)
        )
    told = IdeaStaged(idea.id, change.was, stage, actor, change.id, by_reply=not reason[0])
    events.publish(told)
    return change


def settles_what_is_owed(change: StageChange) -> bool:
    """Whether a change of stage says by which day more comes, or that nothing more does.

    With a day it always does. Without one it does where a trial was decided: what a reply promised
    before it has come.
    """
    decided = change.pilot_id is not None and change.stage in (ADOPTED, DECLINED)
    return change.next_on is not None or decided


def unchange_stage(idea: Idea, change: StageChange, *, actor: UUID | None) -> None:
    """Undo a change of a locked idea's stage, as if it had not been.

    Where it has moved on since, the change counts no more and the idea stays where it is.
    """
    change.taken_back_at = clock.now()
    moved_on = idea.stage != change.stage or idea.staged_at != change.changed_at
    if moved_on:
        return
    _record(idea, change.was, actor, "taken back")
    idea.stage, idea.staged_at = change.was, change.staged_before
    relist(idea)


def _by_staff(
    idea_id: int, stage: str, actor: UUID | None, reason: tuple[str, str], next_on: date | None
) -> None:
    reason = clean_reason(*reason)
    if next_on is not None:
        working_days.promised(next_on)
    idea = db.session.scalars(
        select(Idea).where(Idea.id == idea_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if idea is None:
        raise NotHere
    objection = why_not(idea, stage)
    if objection is not None:
        raise NotAllowed(objection)
    change_stage(idea, stage, actor=actor, reason=reason, next_on=next_on)


def _record(idea: Idea, stage: str, actor: UUID | None, reason: str) -> None:
    journal.append(
        f"idea {idea.stage} to {stage}",
        actor=actor,
        subject=f"idea {reference(idea.id)}",
        detail=reason,
    )
