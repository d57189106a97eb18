"""Working days in England and Wales, by which the council's promises count.

Bank holidays are those of the data (``citizen_voice.bank_holidays``). Beyond its years they are
those of the Banking and Financial Dealings Act 1971, Schedule 1, and those proclaimed each year
(New Year's Day, early May, the days in place of a weekend's): what comes once is not known then.
"""

from datetime import date, timedelta
from functools import cache

from citizen_voice import clock
from citizen_voice.bank_holidays import ENGLAND_AND_WALES
from citizen_voice.bank_holidays import of as _known
from citizen_voice.errors import Refusal
from citizen_voice.words import _

_DAY = timedelta(days=1)
_MONDAY, _SATURDAY = 0, 5
FURTHEST = timedelta(days=3 * 365)
"""A promise for a day after that is none."""


def is_working_day(day: date) -> bool:
    """Whether the council works on it: no weekend and no bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def left(until: date, today: date) -> int:
    """How many working days are left: those after ``today``, up to and with ``until``."""
    days = max((until - today).days, 0)
    return sum(is_working_day(today + number * _DAY) for number in range(1, days + 1))


def promised(day: date, *, field: str = "next_on") -> date:
    """The day, where something can be promised by it.

    Raises ``Refusal`` for one that is past or today, that nobody works on, or that is years ahead.
    """
    today = clock.today()
    if day <= today:
        raise Refusal(_("Choose a day that is still to come."), field=field)
    if day > today + FURTHEST:
        raise Refusal(_("Choose a day within three years."), field=field)
    if not is_working_day(day):
        raise Refusal(_("Choose a working day: that one is a weekend or a holiday."), field=field)
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year."""
    known = _known(ENGLAND_AND_WALES)
    if known.knows(date(year, 1, 1)):
        return frozenset(day for day in known.days if day.year == year)
    return by_rule(year)


def by_rule(year: int) -> frozenset[date]:
    """The bank holidays of a year that come every year."""
    easter = _easter(year)
    fixed = [_in_its_place(date(year, 1, 1), ())]
    for day in (date(year, 12, 25), date(year, 12, 26)):
        fixed.append(_in_its_place(day, fixed))
    return frozenset(
        {
            *fixed,
            easter - 2 * _DAY,
            easter + _DAY,
            _monday_from(date(year, 5, 1)),
            _monday_from(date(year, 5, 25)),
            _monday_from(date(year, 8, 25)),
        }
    )


def _in_its_place(day: date, taken: list[date] | tuple[()]) -> date:
    """The first day from there that is no weekend, and no other holiday."""
    while day.weekday() >= _SATURDAY or day in taken:
        day += _DAY
    return day


def _monday_from(day: date) -> date:
    return day + (_MONDAY - day.weekday()) % 7 * _DAY


def _easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (the anonymous one of Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)
