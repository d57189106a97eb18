"""What one cell may hold: whole numbers and moments."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from citizen_voice.columns import EPOCH
from citizen_voice.imports.polis.refusals import Problems, quoted

LARGEST_NUMBER = 2**31 - 1  # what an integer column of every database holds
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def moment_of(milliseconds: int) -> datetime:
    """The moment (UTC) so many milliseconds after 1970, exactly."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def milliseconds_of(moment: datetime) -> int:
    """The milliseconds from 1970 to a moment."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def as_number(text: str, *, least: int = 0, most: int = LARGEST_NUMBER) -> int | None:
    """A whole number in plain digits (no spaces, signs beyond ``-``, or points), or None."""
    digits = text.removeprefix("-")
    if len(digits) > 18 or not (digits.isascii() and digits.isdigit()):
        return None
    number = int(text)
    return number if least <= number <= most else None


@dataclass(frozen=True)
class Cells:
    """Reads the cells of one file, and notes those that do not hold what they should."""

    file: str
    problems: Problems
    latest: datetime

    def number(self, line: int, column: str, text: str) -> int | None:
        """A whole number of 0 or more; None after noting that it is not one."""
        number = as_number(text)
        if number is None:
            expected = f"a whole number from 0 to {LARGEST_NUMBER:,}"
            self.problems.note(self.file, line, quoted(text), expected, column)
        return number

    def choice(self, line: int, column: str, text: str, meanings: dict[str, int]) -> int | None:
        """The meaning of a cell with few possible values; None after noting another value."""
        meaning = meanings.get(text)
        if meaning is None:
            self.problems.note(self.file, line, quoted(text), " or ".join(meanings), column)
        return meaning

    def milliseconds(self, line: int, column: str, text: str) -> int | None:
        """Milliseconds after 1970 that lie between 2000 and ``latest``; None after noting."""
        number = as_number(text, least=-(10**18), most=10**18)
        if number is None:
            expected = "a time in whole milliseconds since 1970"
            self.problems.note(self.file, line, quoted(text), expected, column)
            return None
        if milliseconds_of(EARLIEST) <= number <= milliseconds_of(self.latest):
            return number
        expected = (
            "a time in milliseconds since 1970, "
            f"between {EARLIEST:%Y-%m-%d} and {self.latest:%Y-%m-%d}"
        )
        self.problems.note(self.file, line, quoted(text), expected, column)
        return None
