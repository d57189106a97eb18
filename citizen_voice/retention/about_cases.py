"""Whom and what a case of moderators is about."""

from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from citizen_voice.comments.models import Comment
from citizen_voice.ideas.models import Idea
from citizen_voice.moderation.models import Appeal, Case, Decision


def appeal_waits() -> ColumnElement[bool]:
    """Whether somebody waits for an appeal against a decision."""
    return exists().where(Appeal.decision_id == Decision.id, Appeal.decided_at.is_(None))


def whose_words(case_id: Any) -> Any:
    """Whose words or name a case is about."""
    author = select(Idea.author_id).where(Idea.id == Case.idea_id).correlate(Case)
    speaker = select(Comment.author_id).where(Comment.id == Case.comment_id).correlate(Case)
    about = func.coalesce(Case.person_id, author.scalar_subquery(), speaker.scalar_subquery())
    return select(about).where(Case.id == case_id).correlate(case_id.class_).scalar_subquery()


def idea_of(case_id: Any) -> Any:
    """Which idea a case is about."""
    found = select(Case.idea_id).where(Case.id == case_id)
    return found.correlate(case_id.class_).scalar_subquery()
