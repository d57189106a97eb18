"""Who may do what to a comment. Pure functions: rows and people in, yes or no out."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from citizen_voice.challenges.models import BEFORE, CLOSED, UPCOMING, state
from citizen_voice.comments.models import HELD, PUBLISHED
from citizen_voice.ideas.models import MERGED, WITHDRAWN
from citizen_voice.words import _

UNDO = timedelta(hours=1)
"""How long somebody can put back what they took away."""


PILOT_DECIDED = _("This trial was decided, so there are no new comments.")


def has_discussion(idea: Any) -> bool:
    """Whether comments are shown with an idea: not while it is held, hidden or withdrawn."""
    return bool(idea.visibility == PUBLISHED and idea.stage != WITHDRAWN)


def why_not(idea: Any, now: datetime) -> Any:
    """Why an idea takes no comments now; ``None`` where it does. ``idea``: with its challenge."""
    if idea.visibility != PUBLISHED:
        return _("People can comment once the idea is published.")
    if idea.stage == WITHDRAWN:
        return _("Its author has taken this idea back, so it takes no comments.")
    if idea.stage == MERGED:
        return _("This idea was joined with another one. Please comment there.")
    when = state(idea, now)
    if when == CLOSED:
        return _("This challenge has closed, so there are no new comments.")
    if when == UPCOMING:
        return _("Comments open when the challenge opens.")
    return None


def why_no_replies(comment: Any) -> Any:
    """Why a comment takes no replies where its idea takes comments; ``None`` where it does."""
    if is_readable(comment):
        return None
    if comment.removed_at is None and comment.visibility == HELD:
        return _("A moderator reads that comment first, so it takes no replies yet.")
    return _("That comment was taken away, so it takes no more replies.")


def edits_wait(comment: Any, moderation: str) -> bool:
    """Whether new words wait for a moderator, while others see the old ones.

    Else whoever is moderated first could publish something harmless, and then change it. (A
    newcomer is none any more once a comment of theirs is published.)
    """
    return bool(moderation == BEFORE and comment.visibility == PUBLISHED and not comment.by_council)


def is_author(comment: Any, person_id: UUID | None) -> bool:
    """Whether it is theirs."""
    return person_id is not None and comment.author_id == person_id


def is_readable(comment: Any) -> bool:
    """Whether everybody can read its words."""
    return comment.visibility == PUBLISHED and comment.removed_at is None


def can_restore(comment: Any, person_id: UUID | None, now: datetime) -> bool:
    """Its author, within the hour."""
    return (
        is_author(comment, person_id)
        and comment.removed_at is not None
        and not comment.erased
        and now - comment.removed_at < UNDO
    )


def can_see(comment: Any, person_id: UUID | None, now: datetime) -> bool:
    """What lists show is everyone's; what is held, hidden or just taken away is its author's."""
    if comment.shown:
        return True
    if comment.removed_at is not None:
        return can_restore(comment, person_id, now)
    return is_author(comment, person_id)


def can_read(comment: Any, person_id: UUID | None) -> bool:
    """Whether this person may read its words."""
    if comment.removed_at is not None:
        return False
    return is_readable(comment) or is_author(comment, person_id)


def was_published(comment: Any) -> bool:
    """Whether others may have seen it once: what is held was never theirs to see."""
    return bool(comment.visibility != HELD)
