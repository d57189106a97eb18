"""What belongs to a pilot's page: measures, updates, thanks, ideas, and changes of the plan.

Each is made from a row of ``queries.public.Whole``.
"""

from datetime import date
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.pilots import charts
from citizen_voice.pilots.names import PLAN_NAMES, STATE_NAMES
from citizen_voice.pilots.services.planning import ENDS_ON
from citizen_voice.web.filters import Said, long_date, reference, say
from citizen_voice.words import _

SHOWN_ROWS = 200
"""So many readings stand in a page's table, the newest; the file has all."""


class Measure:
    """What is measured: a row of kind ``measure`` and its readings."""

    def __init__(self, row: Any, readings: Any, evidence: Said | None = None) -> None:
        self.id = row.id
        self.more_is_better = row.key == "more"
        self.name, self.unit, self.source = say(row, "a"), say(row, "b"), say(row, "c")
        self.baseline, self.target = row.one, row.two
        self.first_on: date | None = row.on
        self.readings = list(readings)
        self.evidence = evidence

    @property
    def first_is_late(self) -> bool:
        """Whether the day of the first figures is over, and there are none."""
        return self.first_on is not None and self.first_on < clock.today()

    @property
    def newest(self) -> Any:
        """The newest reading."""
        return self.readings[-1]

    def said(self, value: float) -> str:
        """A value with its unit."""
        return charts.with_unit(value, self.unit.text)

    @property
    def newest_reaches(self) -> bool:
        """Whether the newest reading is as good as the target, or better."""
        value = self.newest.value
        return bool(value >= self.target if self.more_is_better else value <= self.target)

    @property
    def rows(self) -> list[Any]:
        """The readings of the table, the newest first."""
        return self.readings[: -SHOWN_ROWS - 1 : -1]

    @property
    def chart(self) -> Markup:
        """The picture."""
        return charts.svg(
            charts.Series(
                f"m{self.id}",
                self.name,
                self.unit,
                [(row.day, row.value) for row in self.readings],
                self.baseline,
                self.target,
            )
        )


class Update:
    """How it was going at a time."""

    def __init__(self, row: Any) -> None:
        self.id, self.state, self.at = row.id, row.key, row.at
        self.state_words = str(STATE_NAMES[row.key])
        self.words, self.alt = say(row, "a"), say(row, "b")
        self.picture = row.further
        self.width, self.height = int(row.one or 0), int(row.two or 0)


class Thanks:
    """What changed because of a comment. ``body`` is ``None`` where nobody reads it any more."""

    def __init__(self, row: Any) -> None:
        self.at, self.words = row.at, say(row, "a")
        self.comment_id, self.body, self.lang = row.about, row.b_en, row.further
        self.name = row.c_en


class TriedIdea:
    """An idea that it comes from. ``title`` is ``None`` where the idea is not shown now."""

    def __init__(self, row: Any) -> None:
        self.ref, self.title, self.lang = reference(row.id), row.b_en, row.further
        self.taken = say(row, "a")


class Change:
    """A part of the plan that changed."""

    def __init__(self, row: Any, measures: dict[int, Measure]) -> None:
        self.at, self.why = row.at, say(row, "c")
        self.what = str(PLAN_NAMES[row.key])
        measure = measures.get(row.id)
        self.measure = None if measure is None else measure.name
        self.was, self.now = (self._said(row, name, measure) for name in "ab")

    @staticmethod
    def _said(row: Any, name: str, measure: Measure | None) -> Said:
        words = say(row, name)
        if row.key == ENDS_ON:
            return Said(long_date(date.fromisoformat(words.text)), None)
        if row.key == "target":
            if not words.text:
                return Said(str(_("none")), None)
            value = float(words.text)
            return Said(charts.decimal(value) if measure is None else measure.said(value), None)
        return words
