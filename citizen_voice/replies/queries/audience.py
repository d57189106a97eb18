"""Who took part in ideas, to be told."""

from collections.abc import Iterable

from sqlalchemy import func, select, union

from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea


def audience(idea_ids: Iterable[int]) -> int:
    """How many people proposed, support or commented on some of the ideas, each of them once.

    Those who have an account: who was imported or has left reads no news.
    """
    keys = list(idea_ids)
    took_part = union(
        select(Idea.author_id.label("person_id")).where(Idea.id.in_(keys)),
        select(Answer.person_id).where(Answer.idea_id.in_(keys), Answer.value == SUPPORT),
        select(Comment.author_id)
        .join(CommentThread, CommentThread.id == Comment.thread_id)
        .where(CommentThread.idea_id.in_(keys), Comment.removed_at.is_(None)),
    ).subquery()
    there = (
        select(func.count())
        .select_from(took_part)
        .join(Person, Person.id == took_part.c.person_id)
        .where(Person.kind == RESIDENT)
    )
    return db.session.scalars(there).one()
