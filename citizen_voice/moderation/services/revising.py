"""What is kept for an appeal, and how long."""

from datetime import timedelta

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.moderation.models import Appeal, Decision

APPEAL_LASTS = timedelta(days=183)
"""Six months: how long somebody may ask that somebody else looks again."""


def forget_originals() -> int:
    """Delete the words that were taken out once no appeal can bring them back; gives of how many.

    An appeal that waits keeps them until it is decided.
    """
    waits = select(Appeal.decision_id).where(Appeal.decided_at.is_(None))
    over = (
        update(Decision)
        .where(
            Decision.original.is_not(None),
            Decision.decided_at < clock.now() - APPEAL_LASTS,
            Decision.id.not_in(waits),
        )
        .values(original=None)
    )
    return int(db.session.execute(over).rowcount)  # type: ignore[attr-defined]  # a DML result
