"""Joining an idea with another one that says the same."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, events
from citizen_voice.accounts import standstill
from citizen_voice.answers import figures
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments import services as comments
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import MERGED, OPEN, PUBLISHED, SHORTLISTED, WITHDRAWN, Idea
from citizen_voice.journal import services as journal
from citizen_voice.merging import carrying, lively
from citizen_voice.merging.events import IdeasMerged
from citizen_voice.merging.models import IdeaMerge
from citizen_voice.words import _

JOINABLE = (OPEN, SHORTLISTED)
"""The stages at which an idea can become part of another."""


class CannotJoin(Refusal):
    """These two cannot be joined; the words say why."""

    def __init__(self, words: object) -> None:
        super().__init__(words, field="into")


def merge(from_id: int, into_id: int, *, actor: UUID | None, reason: str) -> int:
    """Make an idea part of another one; gives the merge's key.

    Each person counts once: the later of their two answers, and the survivor's own where the other
    has no time. Comments come along, marked. The first idea's address leads to the second. Figures
    are those of the rows; what was counted without a row (people who left after the challenge
    closed) stays counted where it is. ``unmerge`` makes everything as it was.

    Raises ``CannotJoin``, and ``NotHere`` for an idea that there is not.
    """
    standstill.call()
    source, into = held(from_id, into_id)
    _refuse(source, into)
    row = IdeaMerge(
        from_id=from_id,
        into_id=into_id,
        stage_before=source.stage,
        staged_before=source.staged_at,
        reason=reason,
        merged_by=actor,
        merged_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # the answers that are kept refer to it
    comments.join(from_id, into_id)
    carrying.hold(from_id, into_id)
    carrying.carry(row, into.version)
    figures.recount([from_id, into_id])
    lively.carry(row)
    source.stage, source.staged_at = MERGED, row.merged_at
    ideas.relist(source)
    journal.append(
        f"idea joined with CV-{into_id}", actor=actor, subject=f"idea CV-{from_id}", detail=reason
    )
    events.publish(IdeasMerged(row.id, from_id, into_id))
    return row.id


def held(from_id: int, into_id: int) -> tuple[Idea, Idea]:
    """Two ideas, held in the order of their numbers. Raises ``NotHere``, ``CannotJoin`` for one."""
    if from_id == into_id:
        raise CannotJoin(_("This is the same idea. Choose another one."))
    found = {
        idea.id: idea
        for idea in db.session.scalars(
            select(Idea).where(Idea.id.in_([from_id, into_id])).order_by(Idea.id).with_for_update(),
            execution_options={"populate_existing": True},
        )
    }
    if len(found) < 2:
        raise NotHere(_("There is no idea with that number."))
    return found[from_id], found[into_id]


def _refuse(source: Idea, into: Idea) -> None:
    """Raise ``CannotJoin`` with the first reason why one cannot become part of the other."""
    refusals = {
        MERGED: _("This idea was joined with another one already."),
        WITHDRAWN: _("Its author has taken this idea back, so it can't be joined."),
    }
    if source.stage in refusals:
        raise CannotJoin(refusals[source.stage])
    if into.stage == MERGED:
        raise CannotJoin(_("That idea was joined with another one itself. Choose that one."))
    if into.stage == WITHDRAWN:
        raise CannotJoin(_("Its author has taken that idea back. Choose another one."))
    if source.visibility != PUBLISHED or into.visibility != PUBLISHED:
        raise CannotJoin(_("Everybody must be able to see both ideas before they are joined."))
    if source.stage not in JOINABLE:
        raise CannotJoin(
            _(
                "This idea is being tried or decided already, so it stays on its own. "
                "Join the other one with it instead."
            )
        )
    ballots = {db.session.get_one(Challenge, idea.challenge_id).ballot for idea in (source, into)}
    if len(ballots) > 1:
        raise CannotJoin(
            _(
                "One of these can only be supported, the other can be answered in three ways. "
                "Their answers can't be counted together."
            )
        )
