"""A conversation that has been read and found well formed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from citizen_voice.imports.polis import matrix as matrices
from citizen_voice.imports.polis import statements as statement_rows
from citizen_voice.imports.polis import summary as summaries
from citizen_voice.imports.polis.cells import moment_of
from citizen_voice.imports.polis.matrix import UNTIMED, Matrix, Participant
from citizen_voice.imports.polis.statements import Statement
from citizen_voice.imports.polis.summary import Summary
from citizen_voice.imports.polis.times import TimeFigures

SUPPORT, OPPOSE, SKIP = 1, -1, 0  # agree, disagree, pass


class Answer(NamedTuple):
    """What one participant answered to one statement: 1 support, -1 oppose, 0 skip.

    ``answered_at`` (UTC) is None where votes.csv says nothing about it.
    """

    statement: int
    participant: int
    value: int
    answered_at: datetime | None


class Batch(NamedTuple):
    """Some answers, numbered from 0. The same folder and size give the same batches each time."""

    number: int
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a total of Polis's own is not what was counted. Neither is adjusted.

    ``key`` is the statement (comments.csv) or the participant (participants-votes.csv), and None
    for the whole conversation (summary.csv).
    """

    file: str
    key: int | None
    column: str
    stated: int
    counted: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a folder holds, counted."""

    statements: int
    published: int
    hidden: int
    held: int
    authors: int
    participants: int
    grouped: int
    answers: int
    support: int
    oppose: int
    skip: int
    timed: int


class Conversation:
    """What was in a folder, in memory and packed: a later change of the files changes nothing.

    ``statements`` and ``participants`` are ordered by id. ``digest`` (64 hex digits) is the same
    exactly when the files are. ``times`` is None without a votes.csv.
    """

    def __init__(
        self,
        summary: Summary,
        statements: dict[int, Statement],
        matrix: Matrix,
        times: TimeFigures | None,
        digest: str,
    ) -> None:
        self.summary = summary
        self.statements = tuple(statements[key] for key in sorted(statements))
        self.participants: tuple[Participant, ...] = tuple(matrix.participants)
        self.times = times
        self.digest = digest
        self._matrix = matrix
        self._tally = Counter(zip(matrix.statements, matrix.values, strict=True))
        self.counts = self._counted()
        self.differences = tuple(self._differences())

    @property
    def people(self) -> tuple[int, ...]:
        """The ids of all who took part, voters and authors, in order."""
        voters = {participant.id for participant in self.participants}
        return tuple(sorted(voters | {statement.author for statement in self.statements}))

    @property
    def unasked(self) -> tuple[int, ...]:
        """The ids of statements for which the matrix has no column, in order."""
        return tuple(one.id for one in self.statements if one.id not in self._matrix.columns)

    def answers(self) -> Iterator[Answer]:
        """Give every answer, ordered by participant and then statement."""
        matrix = self._matrix
        for participant in self.participants:
            for at in participant.answers:
                time = matrix.times[at] if matrix.times else UNTIMED
                yield Answer(
                    matrix.statements[at],
                    participant.id,
                    matrix.values[at],
                    None if time == UNTIMED else moment_of(time),
                )

    def batches(self, size: int) -> Iterator[Batch]:
        """Give the answers in batches of ``size``, the last one shorter."""
        answers, number = self.answers(), 0
        while batch := list(islice(answers, size)):
            yield Batch(number, batch)
            number += 1

    def _counted(self) -> Counts:
        by_value: Counter[int] = Counter()
        for (_statement, value), count in self._tally.items():
            by_value[value] += count
        by_visibility = Counter(statement.visibility for statement in self.statements)
        return Counts(
            statements=len(self.statements),
            published=by_visibility["published"],
            hidden=by_visibility["hidden"],
            held=by_visibility["held"],
            authors=len({statement.author for statement in self.statements}),
            participants=len(self.participants),
            grouped=sum(participant.group is not None for participant in self.participants),
            answers=by_value.total(),
            support=by_value[SUPPORT],
            oppose=by_value[OPPOSE],
            skip=by_value[SKIP],
            timed=len(self._matrix.times) - self._matrix.times.count(UNTIMED),
        )

    def _differences(self) -> Iterator[Difference]:
        counted = {
            "voters": self.counts.participants,
            "commenters": self.counts.authors,
            "comments": self.counts.statements,
            "groups": len({one.group for one in self.participants if one.group is not None}),
        }
        for key, count in counted.items():
            if self.summary.totals.get(key, count) != count:
                yield Difference(summaries.FILE, None, key, self.summary.totals[key], count)
        for statement in self.statements:
            yield from _compared(
                statement_rows.FILE,
                statement.id,
                ("agrees", "disagrees"),
                (statement.agrees, statement.disagrees),
                (self._tally[statement.id, SUPPORT], self._tally[statement.id, OPPOSE]),
            )
        written = Counter(statement.author for statement in self.statements)
        for participant in self.participants:
            theirs = Counter(self._matrix.values[at] for at in participant.answers)
            yield from _compared(
                matrices.FILE,
                participant.id,
                matrices.TOTALS,
                participant.totals,
                (written[participant.id], theirs.total(), theirs[SUPPORT], theirs[OPPOSE]),
            )


def _compared(
    file: str,
    key: int,
    names: tuple[str, ...],
    stated: tuple[int, ...],
    counted: tuple[int, ...],
) -> Iterator[Difference]:
    for name, said, found in zip(names, stated, counted, strict=True):
        if said != found:
            yield Difference(file, key, name, said, found)
