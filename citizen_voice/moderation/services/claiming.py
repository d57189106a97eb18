"""Who is on a case, and what moderators leave for each other."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.db import db, new_key
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.text import clean_words
from citizen_voice.moderation.models import Case, CaseNote
from citizen_voice.words import _

CLAIM_LASTS = timedelta(minutes=30)
"""A case whose moderator has gone for tea is free again after so long."""
NOTE_LONGEST = 2_000


def claim(case_id: UUID, moderator: UUID) -> bool:
    """Take a case, where nobody is on it; gives whether it is this moderator's now."""
    now = clock.now()
    free = (
        Case.claimed_by.is_(None)
        | (Case.claimed_by == moderator)
        | (Case.claimed_at < now - CLAIM_LASTS)
    )
    taken = db.session.execute(
        update(Case)
        .where(Case.id == case_id, Case.closed_at.is_(None), free)
        .values(claimed_by=moderator, claimed_at=now)
        .returning(Case.id)
    ).scalar_one_or_none()
    return taken is not None


def let_go(case_id: UUID, moderator: UUID) -> None:
    """Put a case that one has taken back into the queue."""
    db.session.execute(
        update(Case)
        .where(Case.id == case_id, Case.claimed_by == moderator)
        .values(claimed_by=None, claimed_at=None)
    )


def leave_note(case_id: UUID, moderator: UUID, words: str) -> None:
    """Write something down for the other moderators. Raises ``NotHere`` and ``Refusal``."""
    words = clean_words(words)
    if not words:
        raise Refusal(_("Write the note first."), field="note")
    if len(words) > NOTE_LONGEST:
        raise Refusal(_("Make this 2,000 letters or shorter."), field="note")
    if db.session.get(Case, case_id) is None:
        raise NotHere
    db.session.add(
        CaseNote(
            id=new_key(),
            case_id=case_id,
            author_id=moderator,
            words=words,
            written_at=clock.now(),
        )
    )
