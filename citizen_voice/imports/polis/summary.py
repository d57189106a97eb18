"""summary.csv: what the conversation is about, and Polis's own totals."""

from dataclasses import dataclass
from pathlib import Path

from citizen_voice.imports.polis.cells import Cells
from citizen_voice.imports.polis.refusals import Problems, Unreadable, quoted
from citizen_voice.imports.polis.rows import Digest, rows

FILE = "summary.csv"
TOPIC = "topic"
DESCRIPTION = "conversation-description"
TOTALS = ("views", "voters", "voters-in-conv", "commenters", "comments", "groups")


@dataclass(frozen=True)
class Summary:
    """The conversation in its owner's words. ``totals`` holds those of Polis that were given."""

    topic: str
    description: str
    url: str
    totals: dict[str, int]


def read_summary(folder: Path, problems: Problems, cells: Cells, digest: Digest) -> Summary | None:
    """Read the key and value of each row; None when something was wrong and has been noted.

    The topic must be there and say something; the description must be there. Polis itself leaves
    out the last line break of this file, and some totals in some versions.
    """
    found: dict[str, str] = {}
    totals: dict[str, int] = {}
    begins: dict[str, int] = {}
    try:
        for line, row in rows(folder / FILE, problems, digest, must_end_with_break=False):
            if len(row) != 2:
                what = "cell" if len(row) == 1 else "cells"
                problems.note(FILE, line, f"{len(row):,} {what}", "2 cells, a key and its value")
                continue
            key, value = row
            if key in found:
                expected = f"each key once (it was on line {begins[key]:,})"
                problems.note(FILE, line, f"the key {quoted(key)} twice", expected)
                continue
            found[key], begins[key] = value.strip(), line
            if key in TOTALS:
                number = cells.number(line, key, value)
                if number is not None:
                    totals[key] = number
    except Unreadable:
        return None
    missing = [key for key in (TOPIC, DESCRIPTION) if key not in found]
    for key in missing:
        problems.note(FILE, None, f"no row with the key {key}", f"a row {key},…")
    if TOPIC in found and not found[TOPIC]:
        problems.note(FILE, begins[TOPIC], "a topic without words", "words", TOPIC)
    if missing or not found[TOPIC]:
        return None
    return Summary(found[TOPIC], found[DESCRIPTION], found.get("url", ""), totals)
