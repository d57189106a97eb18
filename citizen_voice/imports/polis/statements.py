"""comments.csv: the statements, and how each becomes the title of an idea."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from citizen_voice.imports.polis.cells import Cells, moment_of
from citizen_voice.imports.polis.refusals import Problems, Unreadable
from citizen_voice.imports.polis.rows import Digest, columns, right_length, rows

FILE = "comments.csv"
COLUMNS = (
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
)
LONGEST_TITLE = 400

Visibility = Literal["published", "hidden", "held"]
MODERATED = {"1": 1, "0": 0, "-1": -1}
VISIBILITY: dict[int, Visibility] = {1: "published", 0: "held", -1: "hidden"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as an idea: ``title`` of 1 to 400 characters in one line.

    ``body`` is empty, or the whole statement when the title had to be cut. Accepted statements are
    published, rejected ones hidden, unmoderated ones held. ``agrees`` and ``disagrees`` are
    Polis's own totals; ``line`` is where it stands in comments.csv.
    """

    id: int
    author: int
    written_at: datetime
    title: str
    body: str
    visibility: Visibility
    agrees: int
    disagrees: int
    line: int


def titled(text: str) -> tuple[str, str]:
    """Fold a statement into (title, body): nothing of its words is lost.

    White space and control characters become single spaces. Up to 400 characters the title is the
    statement and the body is empty; a longer one is cut after a word (inside one of more than 200
    letters), with an ellipsis, and the body keeps the whole. The title is empty when there is
    nothing to be seen in the text.
    """
    plain = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    folded = " ".join(plain.split())
    if not any(letter.isprintable() and not letter.isspace() for letter in folded):
        return "", ""
    if len(folded) <= LONGEST_TITLE:
        return folded, ""
    cut = folded[:LONGEST_TITLE]
    space = cut.rfind(" ", LONGEST_TITLE // 2)
    return f"{cut[: space if space > 0 else LONGEST_TITLE - 1]}…", text.strip()


def read_statements(
    folder: Path, problems: Problems, cells: Cells, digest: Digest
) -> dict[int, Statement] | None:
    """Read every statement by its id; None when one could not be read.

    Columns are found by name, and further ones are left alone.
    """
    statements: dict[int, Statement] = {}
    begins: dict[int, int] = {}
    whole = True
    try:
        table = rows(folder / FILE, problems, digest)
        head_line, header = next(table)
        places = columns(head_line, header, COLUMNS, FILE, problems)
        for line, row in table:
            if not right_length(line, row, header, FILE, problems):
                whole = False
                continue
            cell = {name: row[places[name]] for name in COLUMNS}
            number = cells.number(line, "comment-id", cell["comment-id"])
            if number is not None and number in begins:
                expected = f"each statement once (it was on line {begins[number]:,})"
                problems.note(FILE, line, f"the statement {number} twice", expected, "comment-id")
                whole = False
            elif number is not None:
                begins[number] = line
            statement = _statement(line, number, cell, problems, cells)
            if statement is None:
                whole = False
            else:
                statements.setdefault(statement.id, statement)
    except Unreadable:
        return None
    return statements if whole else None


def _statement(
    line: int, number: int | None, cell: dict[str, str], problems: Problems, cells: Cells
) -> Statement | None:
    author = cells.number(line, "author-id", cell["author-id"])
    written = cells.milliseconds(line, "timestamp", cell["timestamp"])
    agrees = cells.number(line, "agrees", cell["agrees"])
    disagrees = cells.number(line, "disagrees", cell["disagrees"])
    moderated = cells.choice(line, "moderated", cell["moderated"], MODERATED)
    title, body = titled(cell["comment-body"])
    if not title:
        problems.note(FILE, line, "a statement without words", "its text", "comment-body")
    if (
        number is None
        or author is None
        or written is None
        or agrees is None
        or disagrees is None
        or moderated is None
        or not title
    ):
        return None
    return Statement(
        id=number,
        author=author,
        written_at=moment_of(written),
        title=title,
        body=body,
        visibility=VISIBILITY[moderated],
        agrees=agrees,
        disagrees=disagrees,
        line=line,
    )
