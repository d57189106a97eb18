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
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.exc import DBAPIError

from citizen_voice import clock
from citizen_voice.db import AnyRow, after_commit, db, dialect, rows
from citizen_voice.journal.models import JournalEntry
from citizen_voice.paths import instance
from citizen_voice.words import _

START = "0" * 64
PAGE = 500
LOCK = 0x43_56_4A  # PostgreSQL's advisory lock of the journal: "CVJ"
UNREADABLE = (TypeError, ValueError, OverflowError, DBAPIError)
"""What a database's driver, or a column's type, raises over bytes that make no sense."""

_columns = JournalEntry.__table__.columns
_after = select(*_columns).where(_columns.number > bindparam("last")).order_by("number").limit(PAGE)
_numbers_after = _after.with_only_columns(_columns.number)
_one = select(*_columns).where(_columns.number == bindparam("number"))


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why: a part of a sentence, lazily translated."""

    number: int
    why: Any


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


def digest(entry: Any) -> str:
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
    for number, entry in _entries():
        if number != expected:
            return Broken(expected, _("is missing"))
        if entry is None:
            return Broken(number, _("can’t be read"))
        if entry.previous_hash != previous:
            return Broken(number, _("does not follow the entry before it"))
        if not _holds(entry):
            return Broken(number, _("was changed"))
        previous, expected = entry.hash, expected + 1
    return _held_against_head(expected - 1, previous) or expected - 1


def _holds(entry: AnyRow) -> bool:
    """Whether an entry is what its hash says."""
    try:
        return bool(entry.hash == digest(entry))
    except (TypeError, ValueError):  # what was put there has no such form
        return False


def _held_against_head(count: int, last: str) -> Broken | None:
    """What the head that is kept outside the database says of a chain that holds by itself."""
    try:
        kept = _read_head()
    except ValueError:
        return Broken(count, _("can’t be held against journal.head, which is damaged"))
    if kept is None:
        missing = _("can’t be held against journal.head, which is missing")
        return Broken(count, missing) if count else None
    written, head = kept
    if written > count:
        return Broken(count + 1, _("is missing: %(written)s entries were written", written=written))
    if written == count and head != last:
        return Broken(written, _("is not the entry that was written"))
    return None


def _entries() -> Iterator[tuple[int, AnyRow | None]]:
    """All entries in their order, some hundreds at a time; ``None`` for one that can't be read."""
    last = 0
    while True:
        try:
            found = rows(_after, {"last": last})
            yield from ((entry.number, entry) for entry in found)
            numbers = [entry.number for entry in found]
        except UNREADABLE:  # one of them: which, is looked for one by one
            numbers = [row.number for row in rows(_numbers_after, {"last": last})]
            for number in numbers:
                yield number, _entry(number)
        if len(numbers) < PAGE:
            return
        last = numbers[-1]


def _entry(number: int) -> AnyRow | None:
    try:
        return next(iter(rows(_one, {"number": number})), None)
    except UNREADABLE:
        return None


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
