"""What comments have to tell of somebody's ideas since a moment."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, literal_column, select

from citizen_voice.comments.models import PUBLISHED, Comment, CommentThread
from citizen_voice.db import AnySelect
from citizen_voice.ideas.models import LISTED_STAGES, Idea
from citizen_voice.ideas.models import PUBLISHED as IDEA_PUBLISHED
from citizen_voice.ideas.queries.news import MOST, PERSON, SINCE, arm

COMMENTED = "commented"


def _new_comments() -> AnySelect:
    """Their own ideas with new comments of others; replies among comments are not counted.

    Keys of comments are made from the time, so the index of a thread's comments is read from the
    key of that moment on.
    """
    number = func.count().label("number")
    return (
        select(Idea.id.label("idea_id"), number)
        .join(CommentThread, CommentThread.idea_id == Idea.id)
        .join(Comment, Comment.thread_id == CommentThread.id)
        .where(
            Idea.author_id == PERSON,
            Idea.visibility == IDEA_PUBLISHED,
            Idea.stage.in_(LISTED_STAGES),
            literal_column("comments.shown"),
            Comment.parent_id.is_(None),
            Comment.id > bindparam("since_key", type_=Comment.id.type),
            Comment.created_at > SINCE,
            Comment.visibility == PUBLISHED,
            Comment.removed_at.is_(None),
            Comment.author_id.is_distinct_from(PERSON),
        )
        .group_by(Idea.id)
        .order_by(number.desc(), Idea.id.desc())
        .limit(MOST)
    )


ARMS = (arm(COMMENTED, _new_comments()),)


def values(moment: datetime) -> dict[str, Any]:
    """What the arm needs further: the least key that a comment of this moment can have."""
    milliseconds = int(moment.timestamp() * 1_000)
    return {"since_key": UUID(int=milliseconds << 80)}
