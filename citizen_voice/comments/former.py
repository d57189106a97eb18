"""Telling apart who took part in one conversation and left."""

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.ideas.models import Idea

_writer = aliased(Person, name="writer")
_said = aliased(Comment, name="said")
_of_idea = (
    select(Idea.author_id)
    .where(Idea.id == CommentThread.idea_id)
    .correlate(CommentThread)
    .scalar_subquery()
)
_before = (
    select(func.count(_said.author_id.distinct()))
    .join(_writer, _writer.id == _said.author_id)
    .where(
        _said.thread_id == Comment.thread_id,
        _said.author_id < Comment.author_id,
        _writer.kind == FORMER,
        _said.author_id.is_distinct_from(_of_idea),
    )
    .correlate(Comment, CommentThread)
    .scalar_subquery()
)

FORMER_NUMBER = case(
    (
        and_(Person.kind == FORMER, Comment.author_id.is_distinct_from(_of_idea)),
        _before + 1,
    )
).label("former")
"""Which former participant of its conversation a comment is by: 1, 2 and so on; nothing for who
wrote the idea. Elsewhere they have another number, so that nobody is followed from idea to idea."""
