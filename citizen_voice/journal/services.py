"""Appending to the journal and verifying it.

An entry's hash is SHA-256 over its fields and the hash before it. The number and hash of the last
entry are also kept in ``journal.head`` in the instance folder, so that a cut tail shows.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.db import after_commit, db, dialect
from citizen_voice.journal.models import JournalEntry
from citizen_voice.paths import instance

START = "0" * 64
PAGE = 500
LOCK = 0x43_56_4A  # PostgreSQL's advisory lock of the journal: "CVJ"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why."""

    number: int
    why: str


def append(act: str, *, actor: UUID | None, subject: str, detail: str = "") -> None:
    """Record an act inside the caller's transaction.

    ``subject`` names the thing (``idea CV-1042``); of ``detail`` (a reason) the hash alone is kept.
    """
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = db.session.execute(
        select(JournalEntry.number, JournalEntry.hash).order_by(JournalEntry.number.desc()).limit(1)
    ).one_or_none()
    entry = JournalEntry(
        number=1 if last is None else last.number + 1,
        at=clock.now(),
        act=act,
        actor=actor,
        subject=subject,
        detail_hash=hashlib.sha256(detail.encode()).hexdigest(),
        previous_hash=START if last is None else last.hash,
    )
    entry.hash = digest(entry)
    db.session.add(entry)
    db.session.flush()  # so that the next entry of the same act finds this one
    head, number = entry.hash, entry.number
    after_commit(lambda: _keep_head(number, head))


def digest(entry: JournalEntry) -> str:
    """The hash of an entry: SHA-256 over its fields as canonical JSON."""
    fields = (
        entry.number,
        entry.at.isoformat(),
        entry.act,
        str(entry.actor or ""),
        entry.subject,
        entry.detail_hash,
        entry.previous_hash,
    )
    return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def verify() -> Broken | int:
    """Read the whole chain: the first broken entry, or the number of entries that hold."""
    previous, expected = START, 1
    for entry in _entries():
        if entry.number != expected:
            return Broken(expected, "is missing")
        if entry.previous_hash != previous:
            return Broken(entry.number, "does not follow the entry before it")
        if entry.hash != digest(entry):
            return Broken(entry.number, "was changed")
        previous, expected = entry.hash, expected + 1
    return _held_against_head(expected - 1, previous) or expected - 1


def _held_against_head(count: int, last: str) -> Broken | None:
    """What the head that is kept outside the database says of a chain that holds by itself."""
    kept = _read_head()
    if kept is None:
        missing = "can't be held against journal.head, which is missing"
        return Broken(count, missing) if count else None
    written, head = kept
    if written > count:
        return Broken(count + 1, f"is missing: {written} entries were written")
    if written == count and head != last:
        return Broken(written, "is not the entry that was written")
    return None


def _entries() -> Iterator[JournalEntry]:
    """All entries in their order, some hundreds at a time."""
    last = 0
    while True:
        statement = select(JournalEntry).where(JournalEntry.number > last)
        entries = db.session.scalars(statement.order_by(JournalEntry.number).limit(PAGE)).all()
        yield from entries
        if len(entries) < PAGE:
            return
        last = entries[-1].number
        db.session.expunge_all()


def _head_file() -> Path:
    return instance() / "journal.head"


def _read_head() -> tuple[int, str] | None:
    try:
        number, head = _head_file().read_text(encoding="ascii").split()
    except FileNotFoundError:
        return None
    return int(number), head


def _keep_head(number: int, head: str) -> None:
    """Write down the last entry, unless a later one is: acts may end in another order."""
    with _head_file().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _read_head()
        if kept is not None and kept[0] >= number:
            return
        part = _head_file().with_suffix(".part")
        part.write_text(f"{number} {head}\n", encoding="ascii")
        part.replace(_head_file())
