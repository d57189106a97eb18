"""How long something has waited for a moderator, for who waits: its author, or who reported it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.comments.cards import waited
from citizen_voice.db import rows
from citizen_voice.moderation import targets
from citizen_voice.moderation.models import EDIT_WAITS, HELD, Case, CaseReason, Target
from citizen_voice.moderation.services.cases import Subject

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """Since when something waits, and within how many hours it is to be looked at."""

    since: datetime
    hours: int

    @property
    def so_far(self) -> str:
        """Roughly: 3 hours; a minute at least."""
        return waited(max(clock.now() - self.since, MINUTE))


def of(subject: Subject) -> Wait | None:
    """How long a thing is held, or an edit of it waits; ``None`` where neither. One statement."""
    found = rows(
        select(CaseReason.kind, CaseReason.noted_at, Target.hours)
        .select_from(Case)
        .join(CaseReason, CaseReason.case_id == Case.id)
        .outerjoin(Target, Target.kind == CaseReason.kind)
        .where(
            getattr(Case, subject.column) == getattr(subject, subject.column),
            Case.closed_at.is_(None),
            CaseReason.kind.in_((HELD, EDIT_WAITS)),
        )
        .order_by(CaseReason.noted_at)
        .limit(1)
    )
    if not found:
        return None
    row = found[0]
    return Wait(row.noted_at, row.hours or targets.KINDS[row.kind][0])
