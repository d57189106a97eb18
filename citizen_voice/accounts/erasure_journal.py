"""The erasure journal: who was erased, outside the database, so that no backup brings them back.

A file of JSON lines: ``begun`` with a person's key and choice, on the disk before the erasure is
committed; ``done`` after; ``void`` where it was rolled back. No line holds anything else about
anybody. Each line's hash is SHA-256 over its fields and the hash before it.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from citizen_voice.errors import Busy, Refusal
from citizen_voice.words import _

START = "0" * 64
BEGUN, DONE, VOID = "begun", "done", "void"
STEP = 4096


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``person`` and ``remove_words`` of what was begun, ``of`` the number of that line."""

    number: int
    what: str
    person: str
    remove_words: bool
    of: int
    at: str
    previous: str
    hash: str = ""

    def digest(self) -> str:
        """The hash that the line has to have."""
        fields = (self.number, self.what, self.person, self.remove_words, self.of, self.at)
        text = json.dumps((*fields, self.previous), separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The number and hash of a line; number 0 stands before the first."""

    number: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Erasure:
    """Somebody who was erased: ``number`` is that of the line which says so."""

    number: int
    person_id: UUID
    remove_words: bool
    at: datetime
    done: bool


class Damaged(Refusal):
    """A line of the journal does not hold; its words name the file and the line."""

    def __init__(self, path: Path, number: int, why: str) -> None:
        super().__init__(f"Line {number} of {path} {why}. Put back a copy of the file that holds.")
        self.number = number


class CannotErase(Busy):
    """The journal takes no line now, so nobody is erased."""

    def __init__(self) -> None:
        super().__init__(
            _("We can’t delete the account just now. Nothing was deleted. Please try again later.")
        )


class Journal:
    """The journal in one file. Several processes may write it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether there is a file, if only an empty one."""
        return self.path.exists()

    def make(self) -> None:
        """Make an empty journal, where there is none. Raises ``OSError``."""
        with self._opened():
            pass

    def begin(self, person_id: UUID, *, remove_words: bool, at: datetime, applied: Head) -> Head:
        """Note that somebody is erased by the transaction at hand; gives the new line's place.

        ``applied`` is the last line that the database knows of. Raises ``CannotErase`` where the
        line does not come onto the disk, or the file is not the one that the database knows.
        """
        line = (BEGUN, str(person_id), remove_words, 0)
        try:
            with self._opened() as handle:
                last = self._last(handle)
                if last.number < applied.number:
                    raise CannotErase
                return self._append(handle, last, line, at)
        except (OSError, Damaged) as error:
            raise CannotErase from error

    def end(self, number: int, what: str, *, at: datetime) -> None:
        """Note what became of a line that was begun: done or void. Raises ``OSError``, ``Damaged``.

        Nothing is lost without it: it is looked at again, and done where it was not.
        """
        with self._opened() as handle:
            self._append(handle, self._last(handle), (what, "", False, number), at)

    def read(self) -> list[Line]:
        """All lines, held against their hashes. Raises ``Damaged``; a missing file has none.

        What a crash left of a last line counts for nothing: it was not committed.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        lines: list[Line] = []
        last = Head()
        for number, text in enumerate(content.split(b"\n")[:-1], start=1):
            line = self._parse(text, number)
            if line.number != number or line.previous != last.hash:
                raise Damaged(self.path, number, "does not follow the line before it")
            lines.append(line)
            last = Head(line.number, line.hash)
        return lines

    def _parse(self, text: bytes, number: int) -> Line:
        try:
            line = Line(**json.loads(text))
            sound = line.hash == line.digest()
        except (ValueError, TypeError):
            raise Damaged(self.path, number, "can't be read") from None
        if not sound:
            raise Damaged(self.path, number, "was changed")
        return line

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the file for its owner alone, and keep others from it meanwhile."""
        new = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if new:
                _keep_name(self.path)
            yield handle
        finally:
            os.close(handle)

    def _last(self, handle: int) -> Head:
        """Where the file ends; what a crash left of a line is cut off."""
        size = end = os.fstat(handle).st_size
        tail = b""
        while end and tail.rstrip(b"\n").count(b"\n") < 2:  # what is cut off, and a whole line
            begin = max(0, end - STEP)
            tail = os.pread(handle, end - begin, begin) + tail
            end = begin
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            os.ftruncate(handle, size - len(tail) + len(whole))
        if not whole:
            return Head()
        text = whole.rstrip(b"\n").rpartition(b"\n")[2]
        number = _said_number(text)
        line = self._parse(text, number)
        return Head(line.number, line.hash)

    def _append(
        self, handle: int, last: Head, said: tuple[str, str, bool, int], at: datetime
    ) -> Head:
        line = Line(last.number + 1, *said, at=at.isoformat(), previous=last.hash)
        values = asdict(line) | {"hash": line.digest()}
        content = json.dumps(values, separators=(",", ":")).encode() + b"\n"
        size = os.lseek(handle, 0, os.SEEK_END)
        try:
            while content:  # what does not fit comes back as an error, by and by
                content = content[os.write(handle, content) :]
            os.fsync(handle)
        except OSError:
            with suppress(OSError):
                os.ftruncate(handle, size)
            raise
        return Head(line.number, values["hash"])


def erasures(lines: list[Line]) -> list[Erasure]:
    """Who was erased by these lines, in their order; whose erasure was rolled back is not there."""
    ended = {line.of: line.what for line in lines if line.what != BEGUN}
    return [
        Erasure(
            line.number,
            UUID(line.person),
            line.remove_words,
            datetime.fromisoformat(line.at),
            done=ended.get(line.number) == DONE,
        )
        for line in lines
        if line.what == BEGUN and ended.get(line.number) != VOID
    ]


def _said_number(text: bytes) -> int:
    """The number that a line says of itself, which may be damaged; 0 for none."""
    try:
        return int(json.loads(text)["number"])
    except (ValueError, TypeError, KeyError):
        return 0


def _keep_name(path: Path) -> None:
    """See that the file's name is on the disk, too."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
