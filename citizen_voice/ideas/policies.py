"""Who may do what to an idea. Pure functions: rows and people in, yes or no out."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from citizen_voice.challenges.models import BEFORE, state
from citizen_voice.challenges.models import OPEN as CHALLENGE_OPEN
from citizen_voice.ideas.models import ANSWERABLE_STAGES, OPEN, PUBLISHED, WITHDRAWN

MANY_SUPPORTERS = 10
"""From so many on, a moderator looks at what an edit changed."""
SECOND_THOUGHTS = timedelta(hours=1)
"""How long an author can bring back what they took back."""


def is_author(idea: Any, person_id: UUID | None) -> bool:
    """Whether it is theirs."""
    return person_id is not None and idea.author_id == person_id


def can_see(idea: Any, person_id: UUID | None) -> bool:
    """Published ideas are everyone's; held and hidden ones are their author's alone."""
    return idea.visibility == PUBLISHED or is_author(idea, person_id)


def can_edit(idea: Any, person_id: UUID | None, now: datetime) -> bool:
    """The author, while idea and challenge are open (also while it is held or hidden)."""
    return is_author(idea, person_id) and idea.stage == OPEN and state(idea, now) == CHALLENGE_OPEN


def edits_wait(idea: Any, moderation: str) -> bool:
    """Whether a moderator reads an edit before others do: where new ideas wait, too.

    The idea stays meanwhile as it was read, with its answers. Of one that nobody else sees the
    author changes the words themselves.
    """
    return bool(moderation == BEFORE and idea.visibility == PUBLISHED)


def asks_for_words(moderation: str) -> bool:
    """Whether an author who takes an idea back may say why in words, which are published at once.

    Not where a moderator reads everything first.
    """
    return moderation != BEFORE


def can_withdraw(idea: Any, person_id: UUID | None, now: datetime) -> bool:
    """The author, while idea and challenge are open (also while it is held or hidden)."""
    return can_edit(idea, person_id, now)


def can_bring_back(
    idea: Any, withdrawn_at: datetime | None, person_id: UUID | None, now: datetime
) -> bool:
    """The author, within the hour in which they took it back, while the challenge is open."""
    return (
        is_author(idea, person_id)
        and idea.stage == WITHDRAWN
        and is_just_withdrawn(withdrawn_at, now)
        and state(idea, now) == CHALLENGE_OPEN
    )


def is_just_withdrawn(withdrawn_at: datetime | None, now: datetime) -> bool:
    """Whether it was taken back so lately that it can be brought back."""
    return withdrawn_at is not None and now < withdrawn_at + SECOND_THOUGHTS


def is_well_supported(support: int) -> bool:
    """Whether so many support it that a late edit is looked at."""
    return support >= MANY_SUPPORTERS


def is_answerable(idea: Any, now: datetime) -> bool:
    """Published, at a stage that takes answers, in an open challenge."""
    return idea.visibility == PUBLISHED and takes_answers(idea.stage, idea, now)


def takes_answers(stage: str, challenge: Any, now: datetime) -> bool:
    """Whether a published idea at this stage takes answers, in a challenge of these moments."""
    return stage in ANSWERABLE_STAGES and state(challenge, now) == CHALLENGE_OPEN
