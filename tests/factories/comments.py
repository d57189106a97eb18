"""Comments."""

from itertools import count
from uuid import UUID

from citizen_voice.comments import services
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db, write
from tests.factories.people import resident

_numbers = count(1)


def comment(
    idea_id: int, author: UUID | None = None, *, body: str = "", by_council: bool = False
) -> UUID:
    """The key of a comment on an idea."""
    author = author or resident()
    words = body or f"I would use it, number {next(_numbers)}."
    with write():
        said = services.comment(author, idea_id, body=words, language="en", by_council=by_council)
        return said.id


def remark(
    pilot_id: int, author: UUID | None = None, *, body: str = "", by_council: bool = False
) -> UUID:
    """The key of a comment on a pilot."""
    author = author or resident()
    words = body or f"I sat there, number {next(_numbers)}."
    with write():
        said = services.comment_on_pilot(
            author, pilot_id, body=words, language="en", by_council=by_council
        )
        return said.id


def reply(comment_id: UUID, author: UUID | None = None, *, body: str = "") -> UUID:
    """The key of a reply to a comment."""
    author = author or resident()
    words = body or f"So would I, number {next(_numbers)}."
    with write():
        return services.reply(author, comment_id, body=words, language="en").id


def stored(comment_id: UUID) -> Comment:
    """The row."""
    return db.session.get_one(Comment, comment_id, populate_existing=True)


def published(idea_id: int) -> int:
    """How many comments an idea's page says there are; 0 where nobody has commented."""
    row = db.session.query(CommentThread).filter_by(idea_id=idea_id).populate_existing()
    thread = row.one_or_none()
    return 0 if thread is None else thread.published


def published_on_pilot(pilot_id: int) -> int:
    """How many comments a pilot's page says there are."""
    row = db.session.query(CommentThread).filter_by(pilot_id=pilot_id).populate_existing()
    return row.one().published
