"""Recounting: what the comments say, held against the figures kept beside them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from citizen_voice.comments.models import (
    COMMENT_IN_FORCE,
    PUBLISHED,
    Comment,
    CommentThread,
    CommentVersion,
)
from citizen_voice.db import AnyRow, AnySelect, db, write
from citizen_voice.web.filters import reference

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about a discussion or a comment that is not as the rows say."""

    where: str
    what: str
    shown: Any
    counted: Any

    def __str__(self) -> str:
        return f"{self.where}: {self.what} shows {self.shown}, the rows say {self.counted}"


def differences() -> list[Difference]:
    """Every figure that differs, and every comment without the version it names.

    A statement each for discussions and for comments, so that what is said meanwhile is either in
    both counts of it or in neither.
    """
    found = [
        Difference(_where(row), "comments", row.published, row.counted)
        for row in db.session.execute(_THREADS)
    ]
    for row in db.session.execute(_COMMENTS):
        where = f"comment {row.id}"
        if row.replies != row.counted:
            found.append(Difference(where, "replies", row.replies, row.counted))
        if row.shown != row.true_shown:
            found.append(Difference(where, "shown", row.shown, row.true_shown))
        if row.version_number is None:
            found.append(Difference(where, "version", row.version, "no such version"))
    return found


def _where(row: AnyRow) -> str:
    """What a discussion is about."""
    return f"pilot {row.pilot_id}" if row.idea_id is None else reference(row.idea_id)


def fix() -> int:
    """Make every figure what the rows say; gives how many discussions were mended.

    Who changes a figure holds the discussion's row. So it is held first, then counted: what is said
    meanwhile is in the rows and in the figure, or in neither.
    """
    with write():
        threads = _held_suspects()
        mended: set[int] = set()
        for row in db.session.execute(_THREADS).all():
            if row.id in threads:
                mended.add(row.id)
                threads[row.id].published = row.counted
        for row in db.session.execute(_COMMENTS).all():
            if row.thread_id in threads:
                mended.add(row.thread_id)
                comment: Comment = db.session.get_one(Comment, row.id)
                comment.replies, comment.shown = row.counted, row.true_shown
    return len(mended)


def _held_suspects() -> dict[int, CommentThread]:
    """The discussions in which something differs, held in the order of their keys."""
    suspects = {row.id for row in db.session.execute(_THREADS)}
    suspects |= {row.thread_id for row in db.session.execute(_COMMENTS)}
    keys = sorted(suspects)
    return {
        thread.id: thread
        for first in range(0, len(keys), BATCH)
        for thread in db.session.scalars(
            select(CommentThread)
            .where(CommentThread.id.in_(keys[first : first + BATCH]))
            .order_by(CommentThread.id)
            .with_for_update()
        )
    }


_readable = and_(Comment.visibility == PUBLISHED, Comment.removed_at.is_(None))


def _threads() -> AnySelect:
    counted = (
        select(Comment.thread_id, func.count().label("number"))
        .where(_readable)
        .group_by(Comment.thread_id)
        .subquery()
    )
    true = func.coalesce(counted.c.number, 0)
    return (
        select(
            CommentThread.id,
            CommentThread.idea_id,
            CommentThread.pilot_id,
            CommentThread.published,
            true.label("counted"),
        )
        .outerjoin(counted, counted.c.thread_id == CommentThread.id)
        .where(CommentThread.published != true)
        .order_by(CommentThread.id)
    )


def _comments() -> AnySelect:
    counted = (
        select(Comment.parent_id, func.count().label("number"))
        .where(_readable, Comment.parent_id.is_not(None))
        .group_by(Comment.parent_id)
        .subquery()
    )
    true = func.coalesce(counted.c.number, 0)
    true_shown = case((or_(_readable, true > 0), True), else_=False)
    return (
        select(
            Comment.id,
            Comment.thread_id,
            Comment.replies,
            true.label("counted"),
            Comment.shown,
            true_shown.label("true_shown"),
            Comment.version,
            CommentVersion.number.label("version_number"),
        )
        .outerjoin(counted, counted.c.parent_id == Comment.id)
        .outerjoin(CommentVersion, COMMENT_IN_FORCE)
        .where(
            or_(
                Comment.replies != true,
                Comment.shown != true_shown,
                CommentVersion.number.is_(None),
            )
        )
        .order_by(Comment.id)
    )


_THREADS, _COMMENTS = _threads(), _comments()
