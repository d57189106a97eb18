"""A field for a day."""

import re
from datetime import date
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from citizen_voice.words import _

DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DayField(StringField):
    """A day, as 2027-01-31 (what browsers send) or 31/1/2027. ``data`` is what was typed."""

    day: date | None = None

    def process_data(self, value: Any) -> None:
        """Begin with a day, or with words."""
        self.data = value.isoformat() if isinstance(value, date) else value
        self.day = parsed(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()[:40]
        self.day = parsed(self.data)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no day."""
        if self.data and self.day is None:
            raise ValidationError(_("Give a day, like 2027-01-31."))

    @property
    def kind(self) -> str:
        """The type of the input: a browser's date field shows nothing but days."""
        return "date" if not self.data or YEAR_FIRST.fullmatch(self.data) else "text"


def parsed(text: str) -> date | None:
    """The day that a text says; ``None`` where it says none."""
    try:
        if YEAR_FIRST.fullmatch(text):
            return date.fromisoformat(text)
        found = DAY_FIRST.fullmatch(text)
        return found and date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:  # the thirtieth of February
        return None
