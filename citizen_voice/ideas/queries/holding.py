"""What decides who may do what with an idea; held, so that it stays so, or looked at."""

from sqlalchemy import bindparam, select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import PUBLISHED, Idea

_standing = (
    select(
        Idea.visibility,
        Idea.stage,
        Challenge.opens_at,
        Challenge.closes_at,
        Challenge.ballot,
        Challenge.moderation,
    )
    .join(Challenge, Challenge.id == Idea.challenge_id)
    .where(
        Idea.id == bindparam("number"),
        Idea.visibility == PUBLISHED,
        Challenge.published_at.is_not(None),
    )
)


_standing_held = _standing.with_for_update(read=True, key_share=True, of=Idea)
_standing_free = _standing.with_for_update(read=True, key_share=True, of=Idea, skip_locked=True)


def standing(idea_id: int, *, held: bool = False) -> AnyRow:
    """What decides who may do what with an idea; raises ``NotHere`` for one not published.

    ``held``: it stays so until the act is done. To be called before what stands on the idea is
    locked.
    """
    statement = _standing_held if held else _standing
    row = db.session.execute(statement, {"number": idea_id}).one_or_none()
    if row is None:
        raise NotHere
    return row


def standing_if_free(idea_id: int) -> AnyRow | None:
    """As ``standing``, held, but none where somebody else changes the idea just now: no waiting."""
    return db.session.execute(_standing_free, {"number": idea_id}).one_or_none()
