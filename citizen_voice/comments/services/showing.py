"""Taken away and put back, held, hidden, shown; and what becomes of who leaves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal_column, select, update

from citizen_voice import clock, events
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.comments import policies
from citizen_voice.comments.events import CommentPublished, CommentRethought
from citizen_voice.comments.models import (
    HELD,
    HIDDEN,
    PUBLISHED,
    Comment,
    CommentThread,
    CommentVersion,
)
from citizen_voice.comments.services import threads
from citizen_voice.comments.services.writing import edit_that_waits
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.words import _

BATCH = 500
NOT_ERASED: ColumnElement[Any] = literal_column("NOT comments.erased")
"""As the index has it: SQLite does not see that ``erased = 0`` is the same."""


def remove(comment_id: UUID, author_id: UUID) -> Comment:
    """Take one's own comment away. Its words are kept for an hour, to be put back.

    Raises ``NotHere`` for somebody else's.
    """
    thread, said = threads.held_with(comment_id)
    if said.author_id != author_id or said.erased:
        raise NotHere
    if said.removed_at is None:
        threads.change(thread, said, removed_at=clock.now())
        events.publish(CommentRethought(said.id))
    return said


def restore(comment_id: UUID, author_id: UUID) -> Comment:
    """Put back what was taken away. Raises ``NotHere``, and ``Refusal`` when the hour is over."""
    thread, said = threads.held_with(comment_id)
    if said.author_id != author_id:
        raise NotHere
    if said.removed_at is not None:
        if not policies.can_restore(said, author_id, clock.now()):
            raise Refusal(_("It was taken away more than an hour ago, so it can't come back."))
        threads.change(thread, said, removed_at=None)
        events.publish(CommentRethought(said.id))
        _tell_of_the_first_time(thread, said)
    return said


def hold(comment_id: UUID, *, actor: UUID | None, reason: str) -> None:
    """Have a comment wait for a moderator; its author alone reads it meanwhile."""
    _show_as(comment_id, HELD, actor=actor, reason=reason)


def hide(comment_id: UUID, *, actor: UUID | None, reason: str) -> None:
    """Take a comment out of sight; its replies stay, under a sentence that says so."""
    _show_as(comment_id, HIDDEN, actor=actor, reason=reason)


def publish(comment_id: UUID, *, actor: UUID | None, reason: str = "") -> None:
    """Show a held or hidden comment to everybody, from the version in force on."""
    _show_as(comment_id, PUBLISHED, actor=actor, reason=reason)


def accept_edit(comment_id: UUID, number: int, *, actor: UUID | None, reason: str = "") -> None:
    """Put the version into force that waits under this number; from now on everybody reads it.

    Raises ``NotHere``, and ``NotAllowed`` where another one waits meanwhile, or none: nobody
    accepts what they have not read.
    """
    _thread, said = threads.held_with(comment_id)
    waiting = edit_that_waits(said)
    if waiting is None or waiting.number != number or said.removed_at is not None:
        raise NotAllowed(_("These words have changed meanwhile. Look at the comment again."))
    journal.append(
        f"comment version {number} accepted",
        actor=actor,
        subject=f"comment {said.id}",
        detail=reason,
    )
    said.version, said.edited_at = number, clock.now()


def unaccept_edit(
    comment_id: UUID, version: int, *, edited_at: str | None, actor: UUID | None
) -> None:
    """Have the version in force wait again; ``version`` is in force instead, as it was before.

    ``edited_at`` is when the words had changed last by then, as ISO 8601.
    """
    _thread, said = threads.held_with(comment_id)
    journal.append(
        f"comment version {said.version} waits again", actor=actor, subject=f"comment {said.id}"
    )
    said.version = version
    said.edited_at = None if edited_at is None else datetime.fromisoformat(edited_at)


def put_back(
    comment_id: UUID, *, visibility: str, public_from: int, actor: UUID | None, reason: str
) -> None:
    """Show a comment as it was shown before a decision, older versions included."""
    _show_as(comment_id, visibility, actor=actor, reason=reason)
    db.session.get_one(Comment, comment_id).public_from = public_from


def words_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: their words go along where they wish it, and what they took away anyway."""
    theirs = Comment.author_id == leaving.person_id
    thread_ids = select(Comment.thread_id).where(theirs)
    held = {
        thread.id: thread
        for thread in db.session.scalars(
            select(CommentThread)
            .where(CommentThread.id.in_(thread_ids))
            .order_by(CommentThread.id)
            .with_for_update(),
            execution_options={"populate_existing": True},
        )
    }
    said = db.session.scalars(
        select(Comment).where(theirs).order_by(Comment.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    if not leaving.remove_words:
        erase_words([each.id for each in said if each.removed_at is not None])
        return
    now = clock.now()
    for each in said:
        if each.removed_at is None:
            threads.change(held[each.thread_id], each, removed_at=now)
            events.publish(CommentRethought(each.id))
        each.hidden_reason = None
    db.session.flush()  # what follows goes by statements
    erase_words([each.id for each in said])


def erase_words(keys: Sequence[UUID]) -> None:
    """Delete the words of comments, inside the caller's transaction; they have been held."""
    for first in range(0, len(keys), BATCH):
        some = keys[first : first + BATCH]
        db.session.execute(
            update(CommentVersion).where(CommentVersion.comment_id.in_(some)).values(body="")
        )
        db.session.execute(
            update(Comment).where(Comment.id.in_(some)).values(erased=True, hidden_reason=None)
        )


def _show_as(comment_id: UUID, visibility: str, *, actor: UUID | None, reason: str) -> None:
    thread, said = threads.held_with(comment_id)
    if said.visibility == visibility:
        return
    journal.append(
        f"comment {said.visibility} to {visibility}",
        actor=actor,
        subject=f"comment {said.id}",
        detail=reason,
    )
    if visibility == PUBLISHED:
        said.public_from = said.version
    threads.change(
        thread,
        said,
        visibility=visibility,
        hidden_reason=reason if visibility == HIDDEN else None,
    )
    _tell_of_the_first_time(thread, said)


def _tell_of_the_first_time(thread: CommentThread, said: Comment) -> None:
    """Tell that everybody can read a comment, where nobody could before; once in its life."""
    if not said.readable or said.published_at is not None:
        return
    said.published_at = clock.now()
    if said.author_id is not None:
        events.publish(CommentPublished(said.id, thread.idea_id, thread.pilot_id, said.author_id))
