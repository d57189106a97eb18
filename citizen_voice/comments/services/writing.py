"""Commenting, replying, editing."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from citizen_voice import clock, events
from citizen_voice.accounts import ages
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import AFTERWARDS, BEFORE, NEWCOMERS
from citizen_voice.columns import EPOCH, MICROSECOND
from citizen_voice.comments import policies
from citizen_voice.comments.events import (
    CommentEdited,
    CommentPublished,
    CommentRethought,
    CommentWaits,
)
from citizen_voice.comments.models import (
    HELD,
    LONGEST,
    PUBLISHED,
    Comment,
    CommentThread,
    CommentVersion,
)
from citizen_voice.comments.services import threads
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.ideas.text import clean_words
from citizen_voice.words import _

SENT_TWICE = timedelta(minutes=10)


class CommentsClosed(Refusal):
    """The idea takes no comments now. What was typed stays with who typed it."""


def comment(
    author_id: UUID, idea_id: int, *, body: str, language: str, by_council: bool = False
) -> Comment:
    """Say something about an idea (held, where its challenge is moderated first).

    The same words sent twice within ten minutes are one comment. Raises ``NotHere`` for an idea
    that cannot be seen, ``CommentsClosed`` where it takes no comments, and ``Refusal`` for words
    that are none or too many.
    """
    accounts.require_present(author_id, ages.COMMENTS)
    thread, idea = threads.of_idea_with(idea_id)
    moderation = _moderation_of(idea)
    return _add(author_id, thread, None, moderation, body, language, by_council=by_council)


def comment_on_pilot(
    author_id: UUID, pilot_id: int, *, body: str, language: str, by_council: bool = False
) -> Comment:
    """Say something about a pilot. As ``comment``: its discussion closes with the pilot."""
    accounts.require_present(author_id, ages.COMMENTS)
    thread = threads.of_pilot(pilot_id)
    moderation = _open(thread)
    return _add(author_id, thread, None, moderation, body, language, by_council=by_council)


def reply(
    author_id: UUID, comment_id: UUID, *, body: str, language: str, by_council: bool = False
) -> Comment:
    """Reply to a comment. A reply to a reply stands beside it, under the same comment.

    Raises as ``comment`` does; ``CommentsClosed`` also where the comment was taken away.
    """
    accounts.require_present(author_id, ages.COMMENTS)
    thread, said = threads.held_with(comment_id)
    refusal = policies.why_no_replies(said)
    if refusal is not None:
        raise CommentsClosed(refusal)
    moderation = _open(thread)
    above = said.parent_id or said.id
    return _add(author_id, thread, above, moderation, body, language, by_council=by_council)


def edit(comment_id: UUID, author_id: UUID, *, body: str, language: str) -> Comment:
    """Give a comment a new version. Nothing changes where the words are the same.

    Where a moderator reads everything first, the version of a published comment waits until one has
    (``accept_edit``): others see the words in force. What waited before it goes.

    Raises ``NotHere`` for somebody else's and for one that was taken away, ``CommentsClosed``, and
    ``Refusal`` for words that are none or too many.
    """
    thread, said = threads.held_with(comment_id)
    if said.author_id != author_id or said.removed_at is not None:
        raise NotHere
    moderation = _open(thread)
    words = checked(body)
    waits = policies.edits_wait(said, moderation)
    _put(_version(said, words, language, clock.now()), said, waits=waits)
    return said


def _put(version: CommentVersion, said: Comment, *, waits: bool) -> None:
    """Put a version into force, or have it wait, where its words are new."""
    current = db.session.get_one(CommentVersion, (said.id, said.version))
    waiting = edit_that_waits(said)
    if waiting is not None:
        if waits and _words(waiting) == _words(version):
            return
        db.session.delete(waiting)
    if _words(current) == _words(version):
        if waiting is not None:
            events.publish(CommentRethought(said.id))
        return
    version.number = (waiting or current).number + 1
    db.session.add(version)
    if not waits:
        said.version, said.edited_at = version.number, version.created_at
    events.publish(CommentEdited(said.id, version.number, waits))


def edit_that_waits(said: Comment) -> CommentVersion | None:
    """The version that waits for a moderator; there is one at most."""
    return db.session.scalars(
        select(CommentVersion)
        .where(CommentVersion.comment_id == said.id, CommentVersion.number > said.version)
        .order_by(CommentVersion.number.desc())
        .limit(1)
    ).first()


def checked(body: str) -> str:
    """Words as they are stored; raises ``Refusal`` for none, and for too many."""
    words = clean_words(body)
    if not any(letter.isprintable() and not letter.isspace() for letter in words):
        raise Refusal(_("Write your comment first."), field="comment")
    if len(words) > LONGEST:
        raise Refusal(_("Make this 1,500 letters or shorter."), field="comment")
    return words


def _open(thread: CommentThread) -> str:
    """How comments of a thread are moderated; raises ``CommentsClosed`` where it takes none."""
    if thread.idea_id is not None:
        return _moderation_of(ideas.standing(thread.idea_id))
    if thread.closed_at is not None:
        raise CommentsClosed(policies.PILOT_DECIDED)
    return AFTERWARDS


def _moderation_of(idea: Any) -> str:
    """How comments on an idea are moderated; raises ``CommentsClosed`` where it takes none."""
    refusal = policies.why_not(idea, clock.now())
    if refusal is not None:
        raise CommentsClosed(refusal)
    return str(idea.moderation)


def _add(
    author_id: UUID,
    thread: CommentThread,
    above: UUID | None,
    moderation: str,
    body: str,
    language: str,
    *,
    by_council: bool,
) -> Comment:
    words = checked(body)
    now = clock.now()
    twin = _just_said(author_id, thread.id, above, words, now)
    if twin is not None:
        return twin
    held = not by_council and _is_held(moderation, author_id)
    said = Comment(
        id=key_of(now),
        thread_id=thread.id,
        parent_id=above,
        author_id=author_id,
        by_council=by_council,
        visibility=HELD if held else PUBLISHED,
        version=1,
        public_from=1,
        replies=0,
        shown=not held,
        erased=False,
        created_at=now,
        published_at=None if held else now,
    )
    db.session.add(said)
    db.session.flush()  # its version refers to it
    db.session.add(_version(said, words, language, now))
    if not held:
        threads.count(thread, said, 1)
    news = CommentWaits if held else CommentPublished
    events.publish(news(said.id, thread.idea_id, thread.pilot_id, author_id))
    return said


def key_of(moment: datetime) -> UUID:
    """A UUIDv7 of a moment, exact to a quarter of a microsecond (RFC 9562, 6.2, method 3)."""
    milliseconds, rest = divmod((moment - EPOCH) // MICROSECOND, 1_000)
    fraction = rest * 4_096 // 1_000
    value = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
    return UUID(int=value)


def _version(said: Comment, words: str, language: str, now: datetime) -> CommentVersion:
    return CommentVersion(
        comment_id=said.id, number=said.version, body=words, language=language, created_at=now
    )


def _words(version: CommentVersion) -> tuple[str, str]:
    return version.body, version.language


def _just_said(
    author_id: UUID, thread_id: int, above: UUID | None, words: str, now: datetime
) -> Comment | None:
    """The comment that a form which was sent twice has made already. The thread is held."""
    return db.session.scalars(
        select(Comment)
        .join(
            CommentVersion,
            (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == 1),
        )
        .where(
            Comment.author_id == author_id,
            Comment.id > key_of(now - SENT_TWICE),
            Comment.thread_id == thread_id,
            Comment.parent_id.is_(None) if above is None else Comment.parent_id == above,
            Comment.removed_at.is_(None),
            CommentVersion.body == words,
        )
        .limit(1)
    ).first()


def _is_held(moderation: str, author_id: UUID) -> bool:
    if moderation != NEWCOMERS:
        return moderation == BEFORE
    known = or_(
        exists().where(Idea.author_id == author_id, Idea.visibility == PUBLISHED),
        exists().where(Comment.author_id == author_id, Comment.visibility == PUBLISHED),
    )
    return not db.session.execute(select(known)).scalar_one()
