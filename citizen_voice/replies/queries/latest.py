"""The latest replies that are in force."""

from typing import Any

from sqlalchemy import select

from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.replies.models import IdeaReply, Reply

L = IdeaListing

_in_force = (
    ordering.LISTED,
    IdeaReply.reply_id == Reply.id,
    IdeaReply.taken_back_at.is_(None),
    L.reply_id == Reply.id,
)
_to_ideas = IdeaReply.__table__.join(L.__table__, L.idea_id == IdeaReply.idea_id)


def latest(most: int, *conditions: Any) -> Any:
    """So many replies to ideas that everybody may see, as a table: ``reply_id`` and ``idea_id``.

    Each comes once, with the most supported of the ideas that it is to. ``conditions`` are about
    ideas (``IdeaListing``).
    """
    ideas = select(L.idea_id).select_from(_to_ideas).where(*_in_force, *conditions).correlate(Reply)
    best = ideas.order_by(L.support.desc(), L.idea_id).limit(1).scalar_subquery()
    return (
        select(Reply.id.label("reply_id"), best.label("idea_id"))
        .where(ideas.exists())
        .order_by(Reply.id.desc())
        .limit(most)
        .subquery()
    )
