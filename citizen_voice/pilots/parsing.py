"""Readings as people paste them from a spreadsheet, or send them as a CSV file.

Every line is read, or is named with why it is not. How a number with a comma was read is said.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import one_line
from citizen_voice.pilots import written
from citizen_voice.pilots.services.measuring import MOST_READINGS, Reading, check
from citizen_voice.words import _

LARGEST = 250 * 1024
"""Bytes of a file, letters of what is pasted."""
SEPARATORS = ";,"
LONGEST_CELL = 40
DAY, VALUE, NOTE = "day", "value", "note"
_NAMES = {
    DAY: re.compile(r"days?|dates?|when|dyddiad(au)?|diwrnod(au)?|dydd|pryd", re.IGNORECASE),
    VALUE: re.compile(
        r"values?|figures?|readings?|numbers?|counts?|totals?|gwerth(oedd)?|ffigur(au)?|nifer|"
        r"darlleniad(au)?|cyfanswm",
        re.IGNORECASE,
    ),
    NOTE: re.compile(r"notes?|comments?|remarks?|nodyn|nodiadau|sylw(adau)?", re.IGNORECASE),
}
_IN_ORDER = {DAY: 0, VALUE: 1, NOTE: 2}
_LETTERS = re.compile(r"[^\W\d_]")
_QUOTED = re.compile(r'"[^"]*"')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Good:
    """A line that was read. ``day`` and ``value`` are as they were written."""

    line: int
    reading: Reading
    day: str
    value: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that was not read, as it was written, and why."""

    line: int
    words: str
    why: Any


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of some text; ``heading`` is the line that names the columns."""

    good: Sequence[Good]
    bad: Sequence[Bad]
    heading: int | None


class _Unread(Exception):  # a line's, said to its writer
    """Why a line cannot be read."""

    def __init__(self, why: object) -> None:
        super().__init__(why)
        self.why = why


def parsed(text: str) -> Parsed:
    """The readings of a text, line by line.

    Raises ``Refusal`` (field ``pasted``) for nothing at all, and for too much.
    """
    if len(text) > LARGEST:
        raise Refusal(_("That is more than 250 KB. Send it in parts."), field="pasted")
    columns, heading = _IN_ORDER, None
    good: list[Good] = []
    bad: list[Bad] = []
    seen: dict[date, int] = {}
    rows = _lines(text)
    commas = written.style(cells[1] for _line, cells in rows if len(cells) > 1)
    for number, (line, cells) in enumerate(rows):
        if number == 0 and (named := _columns(cells)) is not None:
            columns, heading = named, line
            place = columns[VALUE]
            commas = written.style(cells[place] for _line, cells in rows[1:] if len(cells) > place)
            continue
        try:
            found = _read(line, cells, columns, commas)
            _alone(seen, found)
        except _Unread as unread:
            bad.append(Bad(line, " · ".join(cells)[:200], unread.why))
        else:
            good.append(found)
    if not (good or bad):
        raise Refusal(_("There are no readings in it."), field="pasted")
    if len(good) > MOST_READINGS:
        raise Refusal(
            _("A measure has %(number)s readings at most.", number=MOST_READINGS), field="pasted"
        )
    return Parsed(good, bad, heading)


def one(day: str, value: str, note: str) -> Reading:
    """A reading that was typed. Raises ``Refusal`` at ``day``, ``value`` or ``note``."""
    read_day = written.day(day)
    if read_day is None:
        raise Refusal(written.NO_DAY, field="day")
    try:
        read_value = written.number(value)
    except ValueError as error:
        raise Refusal(error.args[0], field="value") from None
    reading = Reading(read_day, read_value, one_line(note))
    check(reading)
    return reading


def text_of(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16, or else Windows-1252. Raises ``Refusal`` at ``file``."""
    if len(content) > LARGEST:
        raise Refusal(
            _("This file is larger than 250 KB. Choose one with the readings alone."), field="file"
        )
    if content.startswith(_UTF_16):
        encodings = ["utf-16"]
    elif content[:200].count(b"\0") > len(content[:200]) // 4:  # UTF-16 without its mark
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            if not text.strip():
                raise Refusal(_("There are no readings in it."), field="file")
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Refusal(_("We can’t read that file. Save it as CSV in UTF-8."), field="file")


def lines(text: str) -> list[str]:
    """The lines of a text as they are counted here, with their ends."""
    return list(io.StringIO(text, newline=""))


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The cells of every line that has any, with the line's number."""
    separator, written_lines = _separator(text), lines(text)
    reader = csv.reader(written_lines, delimiter=separator)
    found: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return found
        except csv.Error:  # a cell that is a book
            found.append((line, []))
            continue
        below = written_lines[line : reader.line_num]
        if any(_begins_a_row(each, separator) for each in below):  # a quote that nobody ended
            numbered = enumerate(written_lines[line - 1 : reader.line_num], line)
            rows = [(number, _apart(each, separator)) for number, each in numbered]
        else:
            rows = [(line, cells)]
        for number, row in rows:
            plain = [_plain(cell) for cell in row]
            while plain and not plain[-1]:
                plain.pop()
            if plain:
                found.append((number, plain))


def _begins_a_row(line: str, separator: str) -> bool:
    """Whether a line within a cell looks like a row of its own: it has a day and more."""
    cells = _apart(line, separator)
    return len(cells) > 1 and any(written.day(cell.strip()) is not None for cell in cells)


def _apart(line: str, separator: str) -> list[str]:
    """The cells of a line whose quotes are letters like others, but for those around a cell."""
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(separator)]


def _separator(text: str) -> str:
    """What stands between the columns: a tab, or what comes first of semicolon and comma."""
    for line in text.splitlines():
        outside = _QUOTED.sub("", line)
        if "\t" in outside:
            return "\t"
        found = [each for each in SEPARATORS if each in outside]
        if found:
            return min(found, key=outside.index)
    return ","


def _plain(cell: str) -> str:
    """A cell without what spreadsheets are kept from calculating by."""
    cell = cell.replace("\ufeff", "").replace("\0", "").strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Where the columns are, by a line that names them; ``None`` where it is a line like others."""
    if any(written.day(cell) is not None for cell in cells):
        return None
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        for name, pattern in _NAMES.items():
            if name not in found and pattern.fullmatch(cell):
                found[name] = place
                break
    if DAY not in found and VALUE not in found:
        return None
    day = found.setdefault(DAY, 0 if found.get(VALUE) != 0 else 1)
    beside = (day + 1, 0) if day + 1 < len(cells) else (0, day + 1)
    value = found.setdefault(VALUE, next(at for at in beside if at not in (day, found.get(NOTE))))
    if NOTE not in found:
        found[NOTE] = max(day, value) + 1
    return found if len(set(found.values())) == len(_NAMES) else dict(_IN_ORDER)


def _read(line: int, cells: Sequence[str], columns: dict[str, int], commas: written.Style) -> Good:
    if not cells:
        raise _Unread(_("This line can’t be read as a row of a table."))
    day, value, note = (
        cells[columns[name]] if columns[name] < len(cells) else "" for name in (DAY, VALUE, NOTE)
    )
    read_day = written.day(day)
    if read_day is None:
        raise _Unread(written.NO_DAY)
    if not value:
        raise _Unread(_("There is no number in this line."))
    if len(cells) > columns[VALUE] + 1 and _cut_apart(value, cells[columns[VALUE] + 1]):
        raise _Unread(
            _("Is the comma a part of the number? Put a tab or a semicolon between the columns.")
        )
    try:
        read_value = written.number(value, commas)
    except ValueError as error:
        raise _Unread(error.args[0]) from None
    further = [note, *cells[max(columns.values()) + 1 :]] if columns is _IN_ORDER else [note]
    reading = Reading(read_day, read_value, one_line(", ".join(filter(None, further))))
    try:
        check(reading)
    except Refusal as refusal:
        raise _Unread(refusal.words) from None
    return Good(line, reading, day, value)


def _alone(seen: dict[date, int], found: Good) -> None:
    earlier = seen.setdefault(found.reading.day, found.line)
    if earlier != found.line:
        raise _Unread(_("This day stands in line %(line)s, too.", line=earlier))


def _cut_apart(value: str, beside: str) -> bool:
    """Whether a comma between columns may have been one of the number: 12,5 or 1,200."""
    return value.lstrip("+-").isdigit() and beside.isdigit()
