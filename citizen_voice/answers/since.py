"""What answers have to tell of ideas since a moment. Nobody learns who answered."""

from sqlalchemy import func, literal, select

from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.db import AnySelect
from citizen_voice.ideas.models import LISTED_STAGES, PUBLISHED, Idea
from citizen_voice.ideas.queries.news import MOST, PERSON, SINCE, STAGED, arm

SUPPORTED = "supported"


def _new_supporters() -> AnySelect:
    """Their own ideas with support that was not there before: not their own, nor given twice."""
    number = func.count().label("number")
    return (
        select(Idea.id.label("idea_id"), number)
        .join(Answer, Answer.idea_id == Idea.id)
        .where(
            Idea.author_id == PERSON,
            Idea.visibility == PUBLISHED,
            Idea.stage.in_(LISTED_STAGES),
            Answer.value == SUPPORT,
            Answer.previous.is_distinct_from(SUPPORT),
            Answer.answered_at > SINCE,
            Answer.person_id != PERSON,
        )
        .group_by(Idea.id)
        .order_by(number.desc(), Idea.id.desc())
        .limit(MOST)
    )


def _staged() -> AnySelect:
    """What they support, and others' doing moved to another stage."""
    return (
        select(Idea.id.label("idea_id"), literal(0).label("number"))
        .join(Answer, Answer.idea_id == Idea.id)
        .where(
            Answer.person_id == PERSON,
            Answer.value == SUPPORT,
            Idea.staged_at > SINCE,
            Idea.visibility == PUBLISHED,
            Idea.author_id.is_distinct_from(PERSON),
        )
        .order_by(Idea.staged_at.desc(), Idea.id.desc())
        .limit(MOST)
    )


ARMS = (arm(SUPPORTED, _new_supporters()), arm(STAGED, _staged()))
