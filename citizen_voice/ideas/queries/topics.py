"""How many ideas and drafts have a topic."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select, union_all

from citizen_voice.db import rows
from citizen_voice.ideas.models import Draft, Idea


def uses(topics: Sequence[int]) -> Mapping[int, int]:
    """By topic, where there are any: everybody's ideas, whatever became of them, and drafts."""
    having = union_all(
        select(Idea.topic_id).where(Idea.topic_id.in_(topics)),
        select(Draft.topic_id).where(Draft.topic_id.in_(topics)),
    ).subquery()
    counted = select(having.c.topic_id, func.count().label("uses")).group_by(having.c.topic_id)
    return {row.topic_id: row.uses for row in rows(counted)}
