"""Moved from stage to stage, held, hidden, shown; and what becomes of who leaves."""

from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock, events
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas.events import IdeaPublished
from citizen_voice.ideas.models import (
    HIDDEN,
    LISTED_STAGES,
    OPEN,
    PUBLISHED,
    SHORTLISTED,
    WITHDRAWN,
    Idea,
    IdeaVersion,
)
from citizen_voice.ideas.services.listing import relist
from citizen_voice.journal import services as journal
from citizen_voice.words import _


def shortlist(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """The council looks at an idea. Recorded in the journal, with the hash of the reason."""
    idea = _locked(idea_id)
    if idea.stage != OPEN or idea.visibility != PUBLISHED:
        raise NotAllowed(_("Only an open, published idea can be shortlisted."))
    _move(idea, SHORTLISTED, actor=actor, reason=reason)


def hide(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """Take an idea out of sight; its answers are kept."""
    _show_as(idea_id, HIDDEN, actor=actor, reason=reason)


def publish(idea_id: int, *, actor: UUID | None, reason: str = "") -> None:
    """Show a held or hidden idea to everybody."""
    _show_as(idea_id, PUBLISHED, actor=actor, reason=reason)


def words_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: their words go along where they wish it."""
    if leaving.remove_words:
        remove_words_of(leaving.person_id)


def remove_words_of(author_id: UUID) -> None:
    """Somebody left and takes their words along: their ideas are withdrawn, every version blank."""
    ideas = db.session.scalars(
        select(Idea).where(Idea.author_id == author_id).order_by(Idea.id).with_for_update()
    ).all()
    for idea in ideas:
        db.session.execute(
            update(IdeaVersion).where(IdeaVersion.idea_id == idea.id).values(title="", body="")
        )
        if idea.stage in LISTED_STAGES:
            _move(idea, WITHDRAWN, actor=author_id, reason="left")
        idea.hidden_reason = None


def _locked(idea_id: int) -> Idea:
    idea = db.session.get(Idea, idea_id, with_for_update=True)
    if idea is None:
        raise NotHere
    return idea


def _move(idea: Idea, stage: str, *, actor: UUID | None, reason: str) -> None:
    journal.append(
        f"idea {idea.stage} to {stage}", actor=actor, subject=f"idea CV-{idea.id}", detail=reason
    )
    idea.stage = stage
    relist(idea)


def _show_as(idea_id: int, visibility: str, *, actor: UUID | None, reason: str) -> None:
    idea = _locked(idea_id)
    if idea.visibility == visibility:
        return
    journal.append(
        f"idea {idea.visibility} to {visibility}",
        actor=actor,
        subject=f"idea CV-{idea.id}",
        detail=reason,
    )
    idea.visibility = visibility
    idea.hidden_reason = reason if visibility == HIDDEN else None
    if visibility == PUBLISHED and idea.published_at is None:
        idea.published_at = clock.now()
        if idea.author_id is not None:
            events.publish(IdeaPublished(idea.id, idea.author_id))
    relist(idea)
