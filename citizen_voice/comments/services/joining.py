"""What was said about an idea goes along when the idea is joined with another, and comes back."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from citizen_voice.comments.models import PUBLISHED, Comment, CommentThread
from citizen_voice.comments.services import threads
from citizen_voice.db import db


def join(from_id: int, into_id: int) -> None:
    """Have all comments on an idea stand with another one's, marked with what they are about.

    Replies stay under what they reply to. Both ideas are held, so nobody comments meanwhile.
    """
    source = _thread(from_id)
    if source is None:
        return
    into = _both_held(from_id, into_id)
    db.session.execute(
        update(Comment)
        .where(Comment.thread_id == source)
        .values(thread_id=into, merged_from=func.coalesce(Comment.merged_from, from_id)),
        execution_options={"synchronize_session": False},
    )
    _count(source, into)


def part(from_id: int, into_id: int, about: Collection[int]) -> None:
    """Take the comments apart again: what was said about these ideas stands with the first.

    ``about`` is the idea that was joined with the other, and those that were joined with it before.
    Replies that were written since go along with the comment that they reply to.
    """
    source = _thread(from_id)
    into = _thread(into_id)
    if source is None or into is None:
        return
    _both_held(from_id, into_id)
    said = Comment.merged_from.in_(about)
    above = select(Comment.id).where(Comment.thread_id == into, said)
    moved: ColumnElement[Any] = or_(said, Comment.parent_id.in_(above))
    db.session.execute(
        update(Comment).where(Comment.thread_id == into, moved).values(thread_id=source),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(
        update(Comment)
        .where(Comment.thread_id == source, Comment.merged_from == from_id)
        .values(merged_from=None),
        execution_options={"synchronize_session": False},
    )
    _count(source, into)


def _thread(idea_id: int) -> int | None:
    return db.session.execute(
        select(CommentThread.id).where(CommentThread.idea_id == idea_id)
    ).scalar_one_or_none()


def _both_held(from_id: int, into_id: int) -> int:
    """Hold both discussions by their keys; gives the key of the second, made where there is none.

    One that is made now nobody else holds: who makes one holds the idea.
    """
    if _thread(into_id) is None:
        threads.of_idea(into_id)
    held = db.session.scalars(
        select(CommentThread)
        .where(CommentThread.idea_id.in_([from_id, into_id]))
        .order_by(CommentThread.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    return next(thread.id for thread in held if thread.idea_id == into_id)


def _count(*keys: int) -> None:
    """Count what everybody can read. The discussions are held."""
    for key in keys:
        thread = db.session.get_one(CommentThread, key)
        thread.published = db.session.execute(
            select(func.count()).where(
                Comment.thread_id == key,
                Comment.visibility == PUBLISHED,
                Comment.removed_at.is_(None),
            )
        ).scalar_one()
