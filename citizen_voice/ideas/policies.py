"""Who may do what to an idea. Pure functions: rows and people in, yes or no out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from citizen_voice.challenges.models import OPEN as CHALLENGE_OPEN
from citizen_voice.challenges.models import state
from citizen_voice.ideas.models import ANSWERABLE_STAGES, OPEN, PUBLISHED


def is_author(idea: Any, person_id: UUID | None) -> bool:
    """Whether it is theirs."""
    return person_id is not None and idea.author_id == person_id


def can_see(idea: Any, person_id: UUID | None) -> bool:
    """Published ideas are everyone's; held and hidden ones are their author's alone."""
    return idea.visibility == PUBLISHED or is_author(idea, person_id)


def can_edit(idea: Any, person_id: UUID | None, now: datetime) -> bool:
    """The author, while idea and challenge are open (also while it is held or hidden)."""
    return is_author(idea, person_id) and idea.stage == OPEN and state(idea, now) == CHALLENGE_OPEN


def is_answerable(idea: Any, now: datetime) -> bool:
    """Published, at a stage that takes answers, in an open challenge."""
    return (
        idea.visibility == PUBLISHED
        and idea.stage in ANSWERABLE_STAGES
        and state(idea, now) == CHALLENGE_OPEN
    )
