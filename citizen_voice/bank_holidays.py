"""The bank holidays of each nation of the United Kingdom, as data: which days, and until when.

``bank_holidays.json`` has the form of the file that GOV.UK publishes, with its source and years.
A newer one can be read in (``read``); beyond its last year nobody knows more than the weekends.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.words import _

ENGLAND_AND_WALES = "england-and-wales"
SCOTLAND = "scotland"
NORTHERN_IRELAND = "northern-ireland"
NATIONS: dict[str, Any] = {
    ENGLAND_AND_WALES: _("England and Wales"),
    SCOTLAND: _("Scotland"),
    NORTHERN_IRELAND: _("Northern Ireland"),
}
FILE = Path(__file__).with_name("bank_holidays.json")
LARGEST = 256 * 1024
"""Bytes: the file of all three nations over ten years has a third of it."""
FEWEST = 6
"""No nation has fewer bank holidays in a year: a file with fewer is cut short."""
LONGEST_NAME = 80
_SATURDAY = 5
_DAY = timedelta(days=1)


class BadFile(Refusal):
    """A file is not what GOV.UK publishes, or of another nation."""

    def __init__(self, words: object) -> None:
        super().__init__(words, field="file")


@dataclass(frozen=True, slots=True)
class Holidays:
    """A nation's bank holidays with their names, known for whole years."""

    nation: str
    days: Mapping[date, str]

    @property
    def first(self) -> date:
        """The first day of which it is known whether it is one; the first of all where none is."""
        return min(self.days, default=date.max).replace(month=1, day=1)

    @property
    def last(self) -> date:
        """The last day of which that is known: the end of a year."""
        return max(self.days, default=date.min).replace(month=12, day=31)

    def knows(self, day: date) -> bool:
        """Whether the data says of a day if it is a bank holiday."""
        return bool(self.days) and self.first <= day <= self.last

    def is_working_day(self, day: date) -> bool:
        """No weekend, and no bank holiday that is known."""
        return day.weekday() < _SATURDAY and day not in self.days

    def rolled(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def with_days(self, further: Mapping[date, str]) -> "Holidays":
        """The same with what a newer file says: of the years that it has, it alone counts."""
        years = {day.year for day in further}
        older = {day: name for day, name in self.days.items() if day.year not in years}
        return Holidays(self.nation, older | dict(further))


@cache
def of(nation: str) -> Holidays:
    """What is known of a nation; raises ``KeyError`` for one that there is not."""
    return Holidays(nation, _division(json.loads(FILE.read_text("utf-8")), nation))


def read(content: bytes, nation: str) -> Holidays:
    """A file as GOV.UK publishes it, of all nations or of one alone.

    Raises ``BadFile``, with words that say what to do, for anything else, and for one of another
    nation than ``nation``.
    """
    if len(content) > LARGEST:
        raise BadFile(_("That file is too large to be the list of bank holidays."))
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadFile(
            _("We can’t read that file. Choose the JSON file from www.gov.uk/bank-holidays.json.")
        ) from None
    if not isinstance(found, dict):
        raise BadFile(_NOT_IT)
    divisions = [found] if "division" in found else list(found.values())
    named = {
        str(each["division"])
        for each in divisions
        if isinstance(each, dict) and each.get("division") in tuple(NATIONS)
    }
    if not named:
        raise BadFile(_NOT_IT)
    if nation not in named:
        raise BadFile(
            _(
                "That file has the bank holidays of %(theirs)s. This council is in %(ours)s.",
                theirs=_listed(named),
                ours=NATIONS[nation],
            )
        )
    whole = {nation: found} if "division" in found else found
    return Holidays(nation, _division(whole, nation))


_NOT_IT = _("That file is not the list of bank holidays that GOV.UK publishes.")


def _division(whole: Any, nation: str) -> dict[date, str]:
    """The days of a nation; raises ``BadFile``."""
    try:
        events = whole[nation]["events"]
        days = {date.fromisoformat(each["date"]): str(each["title"]) for each in events}
    except (KeyError, TypeError, ValueError):
        raise BadFile(
            _("A line in that file has no day or no name. Take a fresh copy from GOV.UK.")
        ) from None
    _refuse_gaps(days)
    return {day: name[:LONGEST_NAME] for day, name in sorted(days.items())}


def _refuse_gaps(days: Iterable[date]) -> None:
    """Raise for a file that is cut short: years are whole, and follow one another."""
    count: dict[int, int] = {}
    for day in days:
        count[day.year] = count.get(day.year, 0) + 1
    missing = [
        year
        for year in range(min(count, default=0), max(count, default=0) + 1)
        if count.get(year, 0) < FEWEST
    ]
    if missing:
        raise BadFile(
            _("That file is not whole: days of %(year)s are missing.", year=missing[0])
            if count
            else _NOT_IT
        )


def _listed(nations: Iterable[str]) -> str:
    return ", ".join(str(NATIONS[each]) for each in NATIONS if each in nations)
