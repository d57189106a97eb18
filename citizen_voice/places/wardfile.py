"""Reading a file of wards, as spreadsheets and the Office for National Statistics write them.

The encoding is found out: UTF-8 (with its mark or without), UTF-16, or else Windows-1252, which
older spreadsheets save in. So is the separator: comma, semicolon or tab. The names of the columns
may be ours, Welsh, or those of the ONS (``WD24CD``, ``WD24NM``, ``WD24NMW``).
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.places.models import CODE_LONGEST, NAME_LONGEST
from citizen_voice.words import _

LARGEST = 250 * 1024
"""Bytes; a thousand wards are a fifth of that."""
MOST_ROWS = 1000
SEPARATORS = ",;\t"
CODE, NAME, WELSH = "code", "name", "welsh"
_COLUMNS = {
    CODE: re.compile(r"code|cod|ward code|cod ward|cod y ward|gss code|wd\d\dcd"),
    NAME: re.compile(r"name|ward|ward name|name en|english|english name|saesneg|wd\d\dnm"),
    WELSH: re.compile(r"welsh|welsh name|name cy|cymraeg|enw cymraeg|enw|wd\d\dnmw"),
}
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A ward as the file has it; ``name_cy`` is ``None`` where it has no such column."""

    code: str
    name_en: str
    name_cy: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of the file."""

    line: int
    what: Any


@dataclass(frozen=True, slots=True)
class Read:
    """A file of wards: its rows, and every line that is wrong."""

    rows: Sequence[Row]
    faults: Sequence[Fault]


def read(content: bytes) -> Read:
    """The wards of a file. Raises ``Refusal`` where it is no table of wards at all."""
    lines = csv.reader(io.StringIO(_text(content), newline=""), delimiter=_separator(content))
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    columns: dict[str, int] | None = None
    while True:
        line = lines.line_num + 1
        try:
            cells = next(lines)
        except StopIteration:
            break
        except csv.Error:
            raise Refusal(
                _("Line %(line)s can’t be read as a row of a table.", line=line), field="file"
            ) from None
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells)
            continue
        if len(rows) + len(faults) >= MOST_ROWS:
            raise Refusal(_("The file has more than 1,000 wards."), field="file")
        row = Row(*(_cell(cells, columns.get(each)) for each in (CODE, NAME, WELSH)))  # type: ignore[arg-type]  # code and name have columns
        what = wrong(row.code, row.name_en, row.name_cy or "")
        earlier = seen.setdefault(row.code.casefold(), line) if row.code else line
        if what is None and earlier != line:
            what = (CODE, _("The code %(code)s stands in line %(line)s, too.", code=row.code,
                            line=earlier))  # fmt: skip
        if what is None:
            rows.append(row)
        else:
            faults.append(Fault(line, what[1]))
    if columns is None or not (rows or faults):
        raise Refusal(_("There are no wards in that file."), field="file")
    return Read(rows, faults)


def wrong(code: str, name_en: str, name_cy: str) -> tuple[str, Any] | None:
    """What is wrong with a ward: the column (``code``, ``name``, ``welsh``) and a sentence."""
    checks = (
        (not code, CODE, _("There is no code.")),
        (len(code) > CODE_LONGEST, CODE, _("The code is longer than 20 letters.")),
        (
            not _CODE.fullmatch(code),
            CODE,
            _("That is not a code: use letters, numbers, hyphens and dots."),
        ),
        (not name_en, NAME, _("There is no name.")),
        *(
            check
            for column, name in ((NAME, name_en), (WELSH, name_cy))
            for check in (
                (len(name) > NAME_LONGEST, column, _("The name is longer than 80 letters.")),
                (
                    not name.isprintable(),
                    column,
                    _("The name has a character in it that can’t be shown."),
                ),
            )
        ),
    )
    return next(((column, what) for is_wrong, column, what in checks if is_wrong), None)


def _text(content: bytes) -> str:
    """The text of a file, whatever wrote it. Raises ``Refusal`` for none, and for too much."""
    if len(content) > LARGEST:
        raise Refusal(
            _("This file is larger than 250 KB. Choose one with the wards alone."), field="file"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
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
            return text
    raise Refusal(_("We can’t read that file. Save it as CSV in UTF-8."), field="file")


def _separator(content: bytes) -> str:
    """What stands between the columns of the first line."""
    first = next((line for line in _text(content).splitlines() if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns are: ``code``, ``name`` and, where there is one, ``welsh``."""
    names = [re.sub(r"[\s_]+", " ", cell).strip().casefold() for cell in cells]
    found: dict[str, int] = {}
    for column, pattern in _COLUMNS.items():
        for place, name in enumerate(names):
            if column not in found and pattern.fullmatch(name):
                found[column] = place
    if NAME not in found and "enw" in names:  # a file in Welsh alone
        found[NAME] = names.index("enw")
        if found.get(WELSH) == found[NAME]:
            del found[WELSH]
    for column, words in (
        (CODE, _("There is no column with the codes. Call it ‘code’.")),
        (NAME, _("There is no column with the names. Call it ‘name’.")),
    ):
        if column not in found:
            raise Refusal(words, field="file")
    return found


def _cell(cells: Sequence[str], place: int | None) -> str | None:
    """A cell without what spreadsheets are kept from calculating by."""
    if place is None:
        return None
    cell = cells[place].strip() if place < len(cells) else ""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
