"""votes.csv: when answers were given. Polis does not export it for every conversation.

It is a log: a participant who answers a statement again has several rows. The matrix keeps what
they answered last, and so do we:

* In the Seattle conversation the **latest row** of a participant and statement (by time, then by
  its place in the file) has the **same value and sign** as the matrix in all 2,872 cases; the
  first row differs in 7. Its 2,995 rows hold 123 that a later one replaced.
* Polis's totals in comments.csv are counts of these *rows*, repeats included: that is why 21 of 54
  totals there differ from the answers, and none from the rows.

So an answer's value is the matrix's, whatever stands here, and its time is that of the latest row.
Where the latest row has another value (some versions of Polis export this file with the signs
turned round) the time is kept all the same, since that is when the participant last answered, and
the case is counted in ``TimeFigures``. A row that the matrix has no answer for is counted and
makes none.
"""

from array import array
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from citizen_voice.imports.polis.cells import Cells
from citizen_voice.imports.polis.refusals import Problems, Unreadable
from citizen_voice.imports.polis.rows import Digest, columns, right_length, rows

FILE = "votes.csv"
COLUMNS = ("timestamp", "datetime", "comment-id", "voter-id", "vote")
VALUES = {"1": 1, "-1": -1, "0": 0}


@dataclass
class TimeFigures:
    """How votes.csv relates to the matrix: rows read, and what became of them."""

    rows: int = 0
    replaced: int = 0
    """Rows that a later row of the same participant and statement replaced."""
    of_another_value: int = 0
    """Answers whose latest row has another value than the matrix."""
    without_answer: int = 0
    """Participants' statements in votes.csv for which the matrix has no answer."""


class Votes:
    """The rows of votes.csv by voter, 24 bytes each."""

    def __init__(self) -> None:
        self.figures = TimeFigures()
        self.first_lines: dict[int, int] = {}
        self._of: dict[int, array[int]] = {}

    def add(self, line: int, voter: int, statement: int, milliseconds: int, value: int) -> None:
        """Keep one row."""
        self.figures.rows += 1
        self.first_lines.setdefault(voter, line)
        self._of.setdefault(voter, array("q")).extend((statement, milliseconds, value))

    def take(self, voter: int) -> dict[int, tuple[int, int]]:
        """Hand over a voter's latest row a statement, as (milliseconds, value), and forget it."""
        latest: dict[int, tuple[int, int]] = {}
        kept = self._of.pop(voter, array("q"))
        for at in range(0, len(kept), 3):
            statement, milliseconds, value = kept[at : at + 3]
            if statement in latest:
                self.figures.replaced += 1
                if milliseconds < latest[statement][0]:
                    continue
            latest[statement] = (milliseconds, value)
        return latest

    def left(self) -> list[tuple[int, int]]:
        """The voters nobody took, as (line of their first row, voter), by line."""
        return sorted((self.first_lines[voter], voter) for voter in self._of)


def read_votes(
    folder: Path,
    statements: Container[int] | None,
    problems: Problems,
    cells: Cells,
    digest: Digest,
) -> Votes | None:
    """Read votes.csv; None when it could not be read, or is not there.

    ``statements`` are the known ones, or None when they could not be read. Whether the voters are
    known shows only after the matrix: see ``Votes.left``.
    """
    votes = Votes()
    try:
        table = rows(folder / FILE, problems, digest)
        head_line, header = next(table)
        places = columns(head_line, header, COLUMNS, FILE, problems)
        time_at, statement_at = places["timestamp"], places["comment-id"]
        voter_at, vote_at = places["voter-id"], places["vote"]
        for line, row in table:
            if not right_length(line, row, header, FILE, problems):
                continue
            milliseconds = cells.milliseconds(line, "timestamp", row[time_at])
            statement = cells.number(line, "comment-id", row[statement_at])
            voter = cells.number(line, "voter-id", row[voter_at])
            value = cells.choice(line, "vote", row[vote_at], VALUES)
            if statement is not None and statements is not None and statement not in statements:
                expected = "a statement that comments.csv has"
                found = f"the unknown statement {statement}"
                problems.note(FILE, line, found, expected, "comment-id")
            elif (
                milliseconds is not None
                and statement is not None
                and voter is not None
                and value is not None
            ):
                votes.add(line, voter, statement, milliseconds, value)
    except Unreadable:
        return None
    return votes
