"""The rows of one CSV file: read a line at a time, never more than a megabyte at once.

Strict where the csv module is not: UTF-8 only, no NUL bytes, no quotation mark left open, no last
line that may be cut, no cell beyond 64 KB.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from citizen_voice.imports.polis.refusals import Problems, Unreadable, quoted

LARGEST_CELL = 65_536  # characters
LARGEST_ROW = 1_048_576  # bytes; a matrix of 100,000 statements still fits
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

CELL_LIMIT = f"cells of at most {LARGEST_CELL:,} characters"
UTF8 = "UTF-8 text; save the file as CSV UTF-8"


class Digest(Protocol):
    """What a hash of hashlib can do."""

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""


class _Lines:
    """The decoded lines of a file, which also remembers where it is and hashes what it read."""

    def __init__(self, source: BinaryIO, file: str, problems: Problems, digest: Digest) -> None:
        self._source = source
        self._file = file
        self._problems = problems
        self._digest = digest
        self._offset = 0
        self.number = 0
        self.row_bytes = 0
        self.ends_with_break = True

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        allowed = LARGEST_ROW - self.row_bytes
        line = self._source.readline(allowed + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > allowed:
            self._give_up(f"a row of more than {LARGEST_ROW:,} bytes", CELL_LIMIT)
        self._digest.update(line)
        self.row_bytes += len(line)
        self.ends_with_break = line.endswith(b"\n")
        return self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        start = self._offset
        self._offset += len(line)
        if start == 0:
            if line.startswith(UTF16_MARKS):
                self._give_up("UTF-16 text (its mark stands at byte 1)", UTF8)
            line = line.removeprefix(UTF8_MARK)
        if 0 in line:
            at = line.index(0) + 1
            self._give_up(f"a NUL byte at byte {at:,} of the line", "text without NUL bytes")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte, at = line[error.start], error.start + 1
            self._give_up(f"byte 0x{byte:02X} at byte {at:,} of the line, which is not UTF-8", UTF8)
            raise

    def _give_up(self, found: str, expected: str) -> None:
        self._problems.note(self._file, self.number, found, expected)
        raise Unreadable


def rows(
    path: Path, problems: Problems, digest: Digest, *, must_end_with_break: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """Give each row of a CSV file as (line on which it begins, its cells), leaving out empty lines.

    ``digest`` takes in every byte that is read. What is wrong is noted in ``problems``, and raises
    ``Unreadable`` when the rest of the file cannot be trusted. ``must_end_with_break`` refuses a
    last line without a line break: a file cut inside its last cell would otherwise pass.
    """
    file = path.name
    try:
        if not path.is_file():
            problems.note(file, None, "no such file", f"a file {file} in the folder")
            raise Unreadable
        with path.open("rb") as source:
            lines = _Lines(source, file, problems, digest)
            empty = True
            for row in _rows(lines, file, problems):
                empty = False
                yield row
            if empty:
                problems.note(file, None, "an empty file", "at least one row")
                raise Unreadable
            if must_end_with_break and not lines.ends_with_break:
                problems.note(
                    file,
                    lines.number,
                    "a last line without a line break, so that it may be cut off",
                    "a line break at the end; export the file again",
                )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.note(file, None, f"a file that cannot be read ({reason})", "a readable file")
        raise Unreadable from error


def _rows(lines: _Lines, file: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    while True:
        begins = lines.number + 1
        lines.row_bytes = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.note(file, begins, *_explained(str(error)))
            raise Unreadable from error
        if lines.row_bytes > LARGEST_CELL and max(map(len, cells)) > LARGEST_CELL:
            longest = max(range(len(cells)), key=lambda index: len(cells[index]))
            found = (
                f"a cell of {len(cells[longest]):,} characters (cell {longest + 1:,} of the row)"
            )
            problems.note(file, begins, found, CELL_LIMIT)
            raise Unreadable
        if cells:
            yield begins, cells


def _explained(error: str) -> tuple[str, str]:
    """What the csv module means, as (found, expected)."""
    if "unexpected end" in error:
        return (
            "a quotation mark that is never closed, so that the row is cut off",
            "a closing quotation mark; export the file again",
        )
    if "field limit" in error:
        return (
            (
                f"a cell of more than {LARGEST_CELL:,} characters, "
                "or a quotation mark that is never closed"
            ),
            CELL_LIMIT,
        )
    if "new-line" in error:
        return "a lone carriage return inside a row", "line breaks of the kind LF or CR LF"
    return (
        "text after a closing quotation mark",
        "a comma there, and quotation marks inside a cell doubled",
    )


def columns(
    line: int, header: Sequence[str], required: Sequence[str], file: str, problems: Problems
) -> dict[str, int]:
    """Give the place (from 0) of each column of a header.

    Notes a name that stands twice; raises ``Unreadable`` when a required one is missing.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        if name in places:
            problems.note(file, line, f"the column {quoted(name)} twice", "each column once")
        places.setdefault(name, place)
    missing = [name for name in required if name not in places]
    if missing:
        found = f"no column {', '.join(missing)}"
        expected = f"a header with {', '.join(required)}, separated by commas"
        problems.note(file, line, found, expected)
        raise Unreadable
    return places


def right_length(
    line: int, cells: Sequence[str], header: Sequence[str], file: str, problems: Problems
) -> bool:
    """Whether a row has as many cells as the header; notes the problem if not."""
    if len(cells) == len(header):
        return True
    what = "cell" if len(cells) == 1 else "cells"
    problems.note(
        file, line, f"{len(cells):,} {what}", f"{len(header):,} cells, as many as the header has"
    )
    return False
