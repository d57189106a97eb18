"""Taken back by its author, held, hidden, shown; and what becomes of who leaves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock, events
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.challenges.models import OPEN as CHALLENGE_OPEN
from citizen_voice.challenges.models import Challenge, state
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas.events import IdeaPublished, IdeaRethought
from citizen_voice.ideas.history import OTHER, WITHDRAWAL_REASONS
from citizen_voice.ideas.models import (
    HELD,
    HIDDEN,
    LISTED_STAGES,
    OPEN,
    PUBLISHED,
    REASON_LONGEST,
    WITHDRAWN,
    Idea,
    IdeaVersion,
)
from citizen_voice.ideas.policies import asks_for_words, is_author, is_just_withdrawn
from citizen_voice.ideas.services.listing import relist
from citizen_voice.ideas.services.proposing import edit_that_waits
from citizen_voice.ideas.text import clean_words, says_something
from citizen_voice.journal import services as journal
from citizen_voice.words import _


def hide(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """Take an idea out of sight; its answers are kept."""
    _show_as(idea_id, HIDDEN, actor=actor, reason=reason)


def hold(idea_id: int, *, actor: UUID | None, reason: str) -> None:
    """Have an idea wait for a moderator; its author alone reads it meanwhile."""
    _show_as(idea_id, HELD, actor=actor, reason=reason)


def publish(idea_id: int, *, actor: UUID | None, reason: str = "") -> None:
    """Show a held or hidden idea to everybody."""
    _show_as(idea_id, PUBLISHED, actor=actor, reason=reason)


def accept_edit(idea_id: int, number: int, *, actor: UUID | None, reason: str = "") -> None:
    """Put the version into force that waits under this number; from now on everybody reads it.

    Raises ``NotAllowed`` where another one waits meanwhile, or none: nobody accepts what they have
    not read.
    """
    idea = _locked(idea_id)
    waiting = edit_that_waits(idea)
    if waiting is None or waiting.number != number or idea.stage != OPEN:
        raise NotAllowed(_("These words have changed meanwhile. Look at the idea again."))
    journal.append(
        f"idea version {number} accepted", actor=actor, subject=f"idea CV-{idea.id}", detail=reason
    )
    idea.version, idea.edited_at = number, clock.now()
    relist(idea)


def unaccept_edit(idea_id: int, version: int, *, edited_at: str | None, actor: UUID | None) -> None:
    """Have the version in force wait again; ``version`` is in force instead, as it was before.

    ``edited_at`` is when the words had changed last by then, as ISO 8601.
    """
    idea = _locked(idea_id)
    journal.append(
        f"idea version {idea.version} waits again", actor=actor, subject=f"idea CV-{idea.id}"
    )
    idea.version = version
    idea.edited_at = None if edited_at is None else datetime.fromisoformat(edited_at)
    relist(idea)


def put_back(
    idea_id: int, *, visibility: str, public_from: int, actor: UUID | None, reason: str
) -> None:
    """Show an idea as it was shown before a decision, older versions included."""
    _show_as(idea_id, visibility, actor=actor, reason=reason)
    _locked(idea_id).public_from = public_from


def withdraw(idea_id: int, author_id: UUID, *, why: str, words: str, language: str) -> None:
    """An author takes their idea back; its answers are kept, and lists show it no more.

    ``why`` is a key of ``history.WITHDRAWAL_REASONS``; ``words`` may add to it, in ``language``,
    and have to for ``other``. They are not taken where a moderator reads everything first, since
    everybody reads them at once. Raises ``NotHere`` for somebody else's idea, ``NotAllowed`` where
    it is not open any more, ``Refusal`` for a reason that is none.
    """
    idea, challenge = _own(idea_id, author_id)
    asks = asks_for_words(challenge.moderation)
    words = clean_words(words) if asks else ""
    if why not in WITHDRAWAL_REASONS:
        raise Refusal(_("Choose a reason."), field="why")
    if why == OTHER and asks and not says_something(words):
        raise Refusal(_("Say in a few words why."), field="words")
    if len(words) > REASON_LONGEST:
        raise Refusal(_("Make this 300 letters or shorter."), field="words")
    if idea.stage != OPEN:
        raise NotAllowed(
            _("The council has begun to look at this idea, so it can't be taken back now.")
        )
    if state(challenge, clock.now()) != CHALLENGE_OPEN:
        raise NotAllowed(_("This challenge has closed, so ideas can't be taken back any more."))
    idea.withdrawn_at, idea.withdrawn_why = clock.now(), why
    idea.withdrawn_words = words or None
    idea.withdrawn_language = language if words else None
    _move(idea, WITHDRAWN, actor=author_id, reason=f"{why}: {words}")


def bring_back(idea_id: int, author_id: UUID) -> None:
    """An author thinks again, within the hour. What they said on taking it back goes.

    Raises ``NotHere`` for somebody else's idea, ``NotAllowed`` where it is too late.
    """
    idea, challenge = _own(idea_id, author_id)
    if idea.stage == OPEN:
        return
    if state(challenge, clock.now()) != CHALLENGE_OPEN:
        raise NotAllowed(_("This challenge has closed, so the idea can't be brought back."))
    if idea.stage != WITHDRAWN or not is_just_withdrawn(idea.withdrawn_at, clock.now()):
        raise NotAllowed(_("It is too late to bring this idea back. You can suggest it again."))
    _forget_withdrawal(idea)
    _move(idea, OPEN, actor=author_id, reason="brought back")


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
        else:
            relist(idea)  # whose title is gone
        idea.hidden_reason = None
        withdrawn_at = idea.withdrawn_at
        _forget_withdrawal(idea)
        idea.withdrawn_at = withdrawn_at


def _forget_withdrawal(idea: Idea) -> None:
    idea.withdrawn_at = idea.withdrawn_why = None
    idea.withdrawn_words = idea.withdrawn_language = None


def _own(idea_id: int, author_id: UUID) -> tuple[Idea, Challenge]:
    idea = _locked(idea_id)
    if not is_author(idea, author_id):
        raise NotHere
    return idea, db.session.get_one(Challenge, idea.challenge_id)


def _locked(idea_id: int) -> Idea:
    idea = db.session.get(Idea, idea_id, with_for_update=True)
    if idea is None:
        raise NotHere
    return idea


def _move(idea: Idea, stage: str, *, actor: UUID | None, reason: str) -> None:
    journal.append(
        f"idea {idea.stage} to {stage}", actor=actor, subject=f"idea CV-{idea.id}", detail=reason
    )
    idea.stage, idea.staged_at = stage, clock.now()
    relist(idea)
    events.publish(IdeaRethought(idea.id))


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
    if visibility == PUBLISHED:
        idea.public_from = idea.version
    idea.hidden_reason = reason if visibility == HIDDEN else None
    if visibility == PUBLISHED and idea.published_at is None:
        idea.published_at = clock.now()
        if idea.author_id is not None:
            events.publish(IdeaPublished(idea.id, idea.author_id))
    relist(idea)
