"""Periods, rules, and how they are said."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from markupsafe import Markup, escape

from citizen_voice.words import _, ngettext


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


class Act(StrEnum):
    """What is done at the end of a period."""

    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, said in the reader's language. Of ``number`` 0: at once."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        if self.unit is Unit.HOURS:
            return ngettext("%(num)s hour", "%(num)s hours", self.number)
        if self.unit is Unit.DAYS:
            return ngettext("%(num)s day", "%(num)s days", self.number)
        return ngettext("%(num)s month", "%(num)s months", self.number)

    def __html__(self) -> Markup:
        return escape(str(self))

    @property
    def days(self) -> float:
        """About how many days it has, to compare periods by."""
        return self.number * {Unit.HOURS: 1 / 24, Unit.DAYS: 1, Unit.MONTHS: 30.44}[self.unit]

    def before(self, now: datetime) -> datetime:
        """The moment that is so long before another; of months the same day, or the last one."""
        if self.unit is Unit.HOURS:
            return now - timedelta(hours=self.number)
        if self.unit is Unit.DAYS:
            return now - timedelta(days=self.number)
        month = now.year * 12 + now.month - 1 - self.number
        year, month = month // 12, month % 12 + 1
        day = min(now.day, calendar.monthrange(year, month)[1])
        return now.replace(year=year, month=month, day=day)

    def day_before(self, today: date) -> date:
        """The day that is so long before another."""
        noon = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001  # a day alone
        return self.before(noon).date()


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a class of data is kept.

    ``title`` names the class, ``words`` say what starts the clock and what is done at its end, with
    the period as ``%(period)s``. ``longest`` is what nobody may go beyond, ``law`` why the law says
    so; ``least`` what nobody may go below, ``needed`` what for. ``warn`` is how many days before it
    somebody is told. Of a ``fixed`` rule the period is a part of how the site works. ``hourly``:
    the tidy does it.
    """

    key: str
    title: Any
    words: Any
    period: Period
    act: Act
    tables: tuple[str, ...]
    longest: Period | None = None
    law: Any = None
    least: Period | None = None
    needed: Any = None
    warn: int = 0
    fixed: bool = False
    hourly: bool = False

    def too_short(self, period: Period) -> bool:
        """Whether a period is below what the rule needs."""
        return self.least is not None and period.days < self.least.days

    def say(self, period: Period | None = None, warn: int | None = None) -> "Said":
        """What is done, and when, in one or two sentences."""
        said = [Said((), self.words, {"period": period or self.period})]
        days = self.warn if warn is None else warn
        if self.warn:
            words = _("We write to you %(period)s before that.")
            said.append(Said((), words, {"period": Period(days, Unit.DAYS)}))
        return Said(tuple(said))


class Said:
    """Sentences that are put into the reader's language when they are shown."""

    __slots__ = ("_parts", "_values", "_words")

    def __init__(self, parts: tuple[Any, ...], words: Any = "", values: Any = None) -> None:
        self._parts = parts
        self._words = words
        self._values = values

    def __str__(self) -> str:
        if self._parts:
            return " ".join(str(part) for part in self._parts)
        return str(self._words) % self._values if self._values else str(self._words)

    def __html__(self) -> Markup:
        return escape(str(self))
