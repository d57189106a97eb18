"""participants-votes.csv: who answered what. It is the truth for the values of answers."""

from array import array
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from citizen_voice.imports.polis.cells import Cells, as_number
from citizen_voice.imports.polis.refusals import Problems, Unreadable, quoted
from citizen_voice.imports.polis.rows import Digest, columns, right_length, rows
from citizen_voice.imports.polis.times import Votes

FILE = "participants-votes.csv"
COLUMNS = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
TOTALS = COLUMNS[2:]
VALUES = {"1": 1, "-1": -1, "0": 0}
UNTIMED = 0


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the matrix. ``group`` is the opinion group that Polis put them in, or None.

    ``totals`` are Polis's own for them: statements written, answers, agreements, disagreements.
    ``answers`` is their part of the matrix: where it begins and ends.
    """

    id: int
    group: int | None
    totals: tuple[int, int, int, int]
    answers: range
    line: int


@dataclass
class Matrix:
    """Every answer, packed: 5 bytes each, 13 with times.

    The three columns belong together; a participant's answers lie side by side in the order of the
    statements' ids. ``times`` is empty when there was no votes.csv, and holds ``UNTIMED`` where it
    had no row.
    """

    participants: list[Participant] = field(default_factory=list)
    statements: "array[int]" = field(default_factory=lambda: array("i"))
    values: "array[int]" = field(default_factory=lambda: array("b"))
    times: "array[int]" = field(default_factory=lambda: array("q"))
    columns: frozenset[int] = frozenset()


def read_matrix(
    folder: Path,
    statements: Container[int] | None,
    votes: Votes | None,
    problems: Problems,
    cells: Cells,
    digest: Digest,
) -> Matrix | None:
    """Read the matrix a row at a time, joining the times of ``votes``.

    ``statements`` are the known ones, or None when they could not be read. The participants come
    back in the order of their ids. None when a row could not be read.
    """
    matrix = Matrix()
    begins: dict[int, int] = {}
    whole = True
    try:
        table = rows(folder / FILE, problems, digest)
        head_line, header = next(table)
        places = columns(head_line, header, COLUMNS, FILE, problems)
        of_statements = _statement_columns(head_line, places, statements, problems)
        matrix.columns = frozenset(statement for statement, _place in of_statements)
        for line, row in table:
            if not right_length(line, row, header, FILE, problems):
                whole = False
                continue
            number = cells.number(line, "participant", row[places["participant"]])
            if number is not None and number in begins:
                expected = f"each participant once (they were on line {begins[number]:,})"
                found = f"the participant {number} twice"
                problems.note(FILE, line, found, expected, "participant")
                whole = False
            group_text = row[places["group-id"]]
            group = cells.number(line, "group-id", group_text) if group_text else None
            totals = [cells.number(line, name, row[places[name]]) or 0 for name in TOTALS]
            first = len(matrix.statements)
            _keep_answers(matrix, line, row, of_statements, problems)
            if number is None:
                whole = False
                continue
            begins.setdefault(number, line)
            last = len(matrix.statements)
            wrote, answered, agreed, disagreed = totals
            stated = (wrote, answered, agreed, disagreed)
            person = Participant(number, group, stated, range(first, last), line)
            matrix.participants.append(person)
            if votes is not None:
                _keep_times(matrix, person, votes)
    except Unreadable:
        return None
    matrix.participants.sort(key=lambda participant: participant.id)
    return matrix if whole else None


def _statement_columns(
    line: int,
    places: dict[str, int],
    statements: Container[int] | None,
    problems: Problems,
) -> list[tuple[int, int]]:
    """The columns of statements as (statement, place in the row), by statement."""
    found: dict[int, int] = {}
    for name, place in places.items():
        if name in COLUMNS:
            continue
        statement = as_number(name)
        if statement is None:
            expected = "a statement's number as the name of the column"
            problems.note(FILE, line, f"the unknown column {quoted(name)}", expected)
        elif statement in found:
            expected = "each column once"
            problems.note(FILE, line, f"the column of statement {statement} twice", expected)
        elif statements is not None and statement not in statements:
            expected = "only statements that comments.csv has"
            problems.note(FILE, line, f"a column for the unknown statement {statement}", expected)
        else:
            found[statement] = place
    return sorted(found.items())


def _keep_answers(
    matrix: Matrix,
    line: int,
    row: list[str],
    of_statements: list[tuple[int, int]],
    problems: Problems,
) -> None:
    for statement, place in of_statements:
        text = row[place]
        if text:
            value = VALUES.get(text)
            if value is None:
                expected = "1 (agree), -1 (disagree), 0 (pass) or nothing"
                problems.note(FILE, line, quoted(text), expected, str(statement))
                continue
            matrix.statements.append(statement)
            matrix.values.append(value)


def _keep_times(matrix: Matrix, person: Participant, votes: Votes) -> None:
    latest = votes.take(person.id)
    for at in person.answers:
        milliseconds, value = latest.pop(matrix.statements[at], (UNTIMED, None))
        if value is not None and value != matrix.values[at]:
            votes.figures.of_another_value += 1
        matrix.times.append(milliseconds)
    votes.figures.without_answer += len(latest)
