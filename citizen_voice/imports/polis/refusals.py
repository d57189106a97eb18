"""Why a folder is refused: every problem with its file, its line, and what was expected."""

from dataclasses import dataclass

MOST_PROBLEMS = 20
LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. ``line`` counts from 1; None when the problem has no line."""

    file: str
    line: int | None
    found: str
    expected: str
    column: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", line {self.line:,}"
        if self.column is not None:
            place += f", column {quoted(self.column)}"
        return f"{place}: found {self.found}; expected {self.expected}."


class FolderRefused(Exception):
    """The folder is malformed, and nothing of it was imported.

    ``problems`` holds the first 20 in the order of reading; ``more`` says that reading stopped
    there.
    """

    def __init__(self, problems: tuple[Problem, ...], *, more: bool) -> None:
        super().__init__(problems)
        self.problems = problems
        self.more = more

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        if self.more:
            lines.append(f"Reading stopped after {len(lines)} problems; there may be more.")
        return "\n".join(lines)


class Unreadable(Exception):
    """The rest of one file makes no sense. Its problem is noted; other files can go on."""


class Problems:
    """Collects problems while reading, and ends the reading when there are enough of them."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def note(
        self, file: str, line: int | None, found: str, expected: str, column: str | None = None
    ) -> None:
        """Keep a problem and go on. Raises ``FolderRefused`` at the twentieth."""
        self._found.append(Problem(file, line, found, expected, column))
        if len(self._found) >= MOST_PROBLEMS:
            raise FolderRefused(tuple(self._found), more=True)

    def refuse(self) -> None:
        """Raise ``FolderRefused`` if there was any problem."""
        if self._found:
            raise FolderRefused(tuple(self._found), more=False)


def quoted(text: str) -> str:
    """``text`` in quotation marks, short, and harmless on a terminal; "nothing" when empty."""
    if not text:
        return "nothing"
    short = text[:LONGEST_QUOTE]
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in short
    )
    return f'"{shown}{"…" if len(text) > LONGEST_QUOTE else ""}"'
