"""Chains of entries: what was written can't be changed, taken out or cut off without being named.

An entry's hash is SHA-256 over its fields and the hash before it. The number and hash of the last
entry are also kept in a file of the instance folder, so that a cut tail shows. Triggers refuse
every update and delete of the table; they are the feature's that has it.
"""

import fcntl
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import FromClause, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from citizen_voice.db import AnyRow, after_commit, db, dialect, rows
from citizen_voice.paths import instance
from citizen_voice.words import _

START = "0" * 64
PAGE = 500
UNREADABLE = (TypeError, ValueError, OverflowError, DBAPIError)
"""What a database's driver, or a column's type, raises over bytes that make no sense."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why: a part of a sentence, lazily translated."""

    number: int
    why: Any


@dataclass(frozen=True, slots=True)
class Chain:
    """A table of chained entries, with the columns ``number``, ``previous_hash`` and ``hash``.

    ``said`` gives the fields of an entry that its hash is made of, without those three. ``lock`` is
    PostgreSQL's advisory lock of who appends, ``file`` the name of the head's file.
    """

    table: FromClause
    said: Callable[[Any], Sequence[object]]
    lock: int
    file: str

    def hold(self) -> None:
        """Have whoever else appends wait for the transaction at hand."""
        if dialect() == "postgresql":
            db.session.execute(select(func.pg_advisory_xact_lock(self.lock)))

    def append(self, entry: Any) -> None:
        """Number, chain and add an entry, inside the caller's transaction."""
        self.hold()
        number, previous = self.table.c.number, self.table.c.hash
        newest = select(number, previous).order_by(number.desc()).limit(1)
        last = db.session.execute(newest).one_or_none()
        entry.number = 1 if last is None else last.number + 1
        entry.previous_hash = START if last is None else last.hash
        entry.hash = self.digest(entry)
        db.session.add(entry)
        db.session.flush()  # so that the next entry of the same act finds this one
        kept = (entry.number, entry.hash)
        after_commit(lambda: self._keep_head(*kept))

    def digest(self, entry: Any) -> str:
        """The hash of an entry: SHA-256 over its fields as canonical JSON."""
        fields = (entry.number, *self.said(entry), entry.previous_hash)
        return hashlib.sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()

    def verify(self) -> Broken | int:
        """Read the whole chain: the first broken entry, or the number of entries that hold."""
        previous, expected = START, 1
        for number, entry in self._entries():
            if number != expected:
                return Broken(expected, _("is missing"))
            if entry is None:
                return Broken(number, _("can’t be read"))
            if entry.previous_hash != previous:
                return Broken(number, _("does not follow the entry before it"))
            if not self._holds(entry):
                return Broken(number, _("was changed"))
            previous, expected = entry.hash, expected + 1
        return self._held_against_head(expected - 1, previous) or expected - 1

    def head_file(self) -> Path:
        """Where the last entry is also written down."""
        return instance() / self.file

    def _holds(self, entry: AnyRow) -> bool:
        """Whether an entry is what its hash says."""
        try:
            return bool(entry.hash == self.digest(entry))
        except (AttributeError, TypeError, ValueError):  # what was put there has no such form
            return False

    def _held_against_head(self, count: int, last: str) -> Broken | None:
        """What the head that is kept outside the database says of a chain that holds by itself."""
        try:
            kept = self._read_head()
        except ValueError:
            damaged = _("can’t be held against %(file)s, which is damaged", file=self.file)
            return Broken(count, damaged)
        if kept is None:
            missing = _("can’t be held against %(file)s, which is missing", file=self.file)
            return Broken(count, missing) if count else None
        written, head = kept
        if written > count:
            cut = _("is missing: %(written)s entries were written", written=written)
            return Broken(count + 1, cut)
        if written == count and head != last:
            return Broken(written, _("is not the entry that was written"))
        return None

    def _entries(self) -> Iterator[tuple[int, AnyRow | None]]:
        """All entries in order, some hundreds at a time; ``None`` for one that can't be read."""
        number = self.table.c.number
        after = select(self.table).where(number > bindparam("last")).order_by(number).limit(PAGE)
        last = 0
        while True:
            try:
                found = rows(after, {"last": last})
                yield from ((entry.number, entry) for entry in found)
                numbers = [entry.number for entry in found]
            except UNREADABLE:  # one of them: which, is looked for one by one
                only = after.with_only_columns(number)
                numbers = [row.number for row in rows(only, {"last": last})]
                for each in numbers:
                    yield each, self._entry(each)
            if len(numbers) < PAGE:
                return
            last = numbers[-1]

    def _entry(self, number: int) -> AnyRow | None:
        one = select(self.table).where(self.table.c.number == bindparam("key"))
        try:
            return next(iter(rows(one, {"key": number})), None)
        except UNREADABLE:
            return None

    def _read_head(self) -> tuple[int, str] | None:
        try:
            number, head = self.head_file().read_text(encoding="ascii").split()
        except FileNotFoundError:
            return None
        return int(number), head

    def _keep_head(self, number: int, head: str) -> None:
        """Write down the last entry, unless a later one is: acts may end in another order."""
        with self.head_file().with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            kept = self._read_head()
            if kept is not None and kept[0] >= number:
                return
            part = self.head_file().with_suffix(".part")
            part.write_text(f"{number} {head}\n", encoding="ascii")
            part.replace(self.head_file())
