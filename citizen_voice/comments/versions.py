"""The versions of a comment: those that everybody could read, and the one that waits."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import AnyRow, Key, db

MOST = 100
LAST = 2**31 - 1

_VERSIONS = (
    select(
        CommentVersion.number,
        CommentVersion.body,
        CommentVersion.language,
        CommentVersion.created_at,
    )
    .where(
        CommentVersion.comment_id == bindparam("key", type_=Key()),
        CommentVersion.number.between(bindparam("first"), bindparam("last")),
    )
    .order_by(CommentVersion.number.desc())
    .limit(MOST)
)


def public(comment: AnyRow) -> Sequence[AnyRow]:
    """Those that everybody could read, the newest first: number, body, language, created_at.

    Not those from while it was held or hidden, nor one that waits for a moderator.
    """
    values = {"key": comment.id, "first": comment.public_from, "last": comment.version}
    return db.session.execute(_VERSIONS, values).all()


def waiting(comment: AnyRow) -> AnyRow | None:
    """The one that waits for a moderator, its author's alone; ``None`` where none does."""
    values = {"key": comment.id, "first": comment.version + 1, "last": LAST}
    return db.session.execute(_VERSIONS, values).first()
