"""Every change of a register leaves a row and an entry of the journal."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import Conflict
from citizen_voice.journal import services as journal
from citizen_voice.records.models import Changes, RecordChange
from citizen_voice.site.services import MEANWHILE

MADE, CHANGED = "made", "changed"


def note(register: str, record_id: int, act: str, changes: Changes, *, actor: UUID | None) -> None:
    """Record who did what to a row of a register, inside the caller's transaction.

    A change that changed nothing is none.
    """
    if act == CHANGED and not changes:
        return
    db.session.add(
        RecordChange(
            register=register,
            record_id=record_id,
            act=act,
            changes=changes,
            actor_id=actor,
            at=clock.now(),
        )
    )
    journal.append(
        f"{register} {act}",
        actor=actor,
        subject=f"{register} {record_id}",
        detail=json.dumps(changes, sort_keys=True),
    )


def mark(row: Any) -> str:
    """Tells whether a row was changed since somebody saw it."""
    changed_at: datetime = row.changed_at
    return changed_at.isoformat()


def refuse_unseen(row: Any, seen: str | None) -> None:
    """Raise ``Conflict`` where a row was changed after somebody saw it; ``None`` saw nothing."""
    if seen is not None and seen != mark(row):
        raise Conflict(MEANWHILE)
