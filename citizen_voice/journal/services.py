"""Appending to the journal and verifying it (see ``chains``)."""

import hashlib
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.journal.chains import PAGE, START, Broken, Chain
from citizen_voice.journal.models import JournalEntry

LOCK = 0x43_56_4A  # PostgreSQL's advisory lock of the journal: "CVJ"


def _said(entry: Any) -> tuple[object, ...]:
    return (
        entry.at.isoformat(),
        entry.act,
        str(entry.actor or ""),
        entry.subject,
        entry.detail_hash,
    )


CHAIN = Chain(JournalEntry.__table__, _said, LOCK, "journal.head")


def append(act: str, *, actor: UUID | None, subject: str, detail: str = "") -> None:
    """Record an act inside the caller's transaction.

    ``subject`` names the thing (``idea CV-1042``); of ``detail`` (a reason) the hash alone is kept.
    """
    CHAIN.append(
        JournalEntry(
            at=clock.now(),
            act=act,
            actor=actor,
            subject=subject,
            detail_hash=hashlib.sha256(detail.encode()).hexdigest(),
        )
    )


def verify() -> Broken | int:
    """Read the whole chain: the first broken entry, or the number of entries that hold."""
    return CHAIN.verify()


__all__ = ["CHAIN", "LOCK", "PAGE", "START", "Broken", "append", "verify"]
