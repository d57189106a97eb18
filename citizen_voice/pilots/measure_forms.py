"""What staff write about measures: what is measured, and readings, typed or by the table."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from citizen_voice.errors import Refusal
from citizen_voice.pilots import written
from citizen_voice.pilots.forms import line, words
from citizen_voice.pilots.models import LESS, MORE
from citizen_voice.pilots.parsing import Good, Parsed
from citizen_voice.pilots.seen import mark
from citizen_voice.pilots.services.measuring import plain
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

NAMED = ("name", "unit", "source")


class MeasureForm(Form):
    """What is measured. ``why`` is asked where a target changes."""

    name_en = line(_("What is measured?"), _("Say what is measured."))
    name_cy = line(_("What is measured? In Welsh"))
    unit_en = line(_("Unit"))
    unit_cy = line(_("Unit, in Welsh"))
    better = RadioField(
        _("Which way is better?"),
        **choosing(
            ((MORE, _("More is better")), (LESS, _("Less is better"))),
            otherwise=_("Choose which way is better."),
        ),
        validators=[InputRequired(_("Choose which way is better."))],
    )
    baseline = line(_("How it was before"))
    target = line(_("Target"))
    why_en = words(_("Why does the target change?"))
    why_cy = words(_("Why does the target change? In Welsh"))
    source_en = line(_("Where do the numbers come from?"))
    source_cy = line(_("Where do the numbers come from? In Welsh"))
    first_on = DayField(_("When are the first figures due?"))
    seen = HiddenField()

    @classmethod
    def of(cls, row: Any) -> "MeasureForm":
        """The form of a measure."""
        begun = cls.begun(row)
        return cls(data=begun | {"seen": mark(begun)})

    @staticmethod
    def begun(row: Any) -> dict[str, Any]:
        """What it begins with."""
        begun = {f"{name}_{code}": getattr(row, f"{name}_{code}")
                 for name in NAMED for code in ("en", "cy")}  # fmt: skip
        numbers = {name: typed(getattr(row, name)) for name in ("baseline", "target")}
        return begun | numbers | {"better": row.better, "first_on": row.first_on}

    @property
    def welsh_is_wrong(self) -> bool:
        """Whether the fold with the Welsh has to be open: something in it is wrong."""
        return any(field.errors for field in self if field.name.endswith("_cy"))

    def number(self, name: str) -> float | None:
        """The number of a field, none where it is empty. Raises ``Refusal`` at the field."""
        text = self[name].data or ""
        if not text:
            return None
        try:
            return written.number(text)
        except ValueError as error:
            raise Refusal(error.args[0], field=name) from None

    def said(self) -> dict[str, Any]:
        """What services take, but for the target. Raises ``Refusal`` at the field."""
        return {
            **{f"{name}_{code}": str(self[f"{name}_{code}"].data or "")
               for name in NAMED for code in ("en", "cy")},
            "better": str(self.better.data),
            "baseline": self.number("baseline"),
            "first_on": self.first_on.day,
        }  # fmt: skip


class ReadingForm(Form):
    """One reading. ``instead`` is the value that the reader saw there and wants replaced."""

    day = DayField(_("Day"))
    value = StringField(_("Value"))
    note = line(_("Note (everybody reads it)"))
    instead = HiddenField()


class TableForm(Form):
    """Readings from a spreadsheet. ``seen`` changes with everything that the preview showed."""

    pasted = TextAreaField(_("Paste from a spreadsheet"))
    file = FileField(_("Or choose a CSV file"))
    seen = HiddenField()


class Preview:
    """What would be kept of some text, beside what stands there already."""

    def __init__(self, parsed: Parsed, known: Mapping[date, float]) -> None:
        self.bad, self.heading = parsed.bad, parsed.heading
        rows = [(good, known.get(good.reading.day)) for good in parsed.good]
        self.changed = [(good, was) for good, was in rows if was not in (None, good.reading.value)]
        self.same = sum(was == good.reading.value for good, was in rows)
        self.new = [good for good, was in rows if was is None]
        self.good = [good.reading for good in parsed.good]
        told = repr([(reading, known.get(reading.day)) for reading in self.good])
        self.mark = hashlib.sha256(told.encode()).hexdigest()[:32]

    @staticmethod
    def read_so(good: Good) -> bool:
        """Whether a value is not as it was written: 12,5 for 12.5."""
        return good.value != plain(good.reading.value)


def typed(value: float | None) -> str:
    """A number as it stands in a field."""
    return "" if value is None else plain(value)
