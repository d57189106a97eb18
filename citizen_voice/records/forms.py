"""Forms of the registers, made from the fields that they ask."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from wtforms import (
    Field as FormField,
)
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from citizen_voice import clock
from citizen_voice.ideas.text import one_line, typed
from citizen_voice.records import asked
from citizen_voice.records.fields import Field, Kind, wrong
from citizen_voice.records.wording import LEVELS, LIKELY, SEVERE
from citizen_voice.web.days import DayField, parsed
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

MOMENT = re.compile(r"(\S+?)(?:T|,? +)(\d{1,2})[:.](\d{2})(?::\d{2})?", re.ASCII)
_FROM_LIST = _("Choose one from the list.")


class MomentField(StringField):
    """A moment in London, as 2027-01-31T14:05 (what browsers send) or 31/1/2027 14:05."""

    moment: datetime | None = None

    def process_data(self, value: Any) -> None:
        """Begin with a moment, or with words."""
        at = value.astimezone(clock.LONDON) if isinstance(value, datetime) else None
        self.data = f"{at:%Y-%m-%dT%H:%M}" if at else value
        self.moment = value if at else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()[:40]
        self.moment = _moment(self.data)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no moment."""
        if self.data and self.moment is None:
            raise ValidationError(_("Give a day and a time, like 2027-01-31 14:05."))

    @property
    def kind(self) -> str:
        """The type of the input: a browser's own shows nothing but moments."""
        return "datetime-local" if not self.data or self.moment else "text"


def _moment(text: str) -> datetime | None:
    found = MOMENT.fullmatch(text)
    day = parsed(found[1]) if found else None
    if found is None or day is None or int(found[2]) > 23 or int(found[3]) > 59:
        return None
    return clock.moment(day, time(int(found[2]), int(found[3])))


class CountField(StringField):
    """A whole number. ``data`` is what was typed."""

    number: int | None = None

    def process_data(self, value: Any) -> None:
        """Begin with a number."""
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what was typed; people write thousands with commas and spaces."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()[:20]
        plain = re.sub(r"[ ,]", "", self.data)
        self.number = int(plain) if re.fullmatch(r"[0-9]{1,18}", plain) else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no number."""
        if self.data and self.number is None:
            raise ValidationError(_("Give a number, like 250."))


class ManyField(SelectMultipleField):
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RecordForm(Form):
    """A form of some fields; ``seen`` is the mark of what its writer saw."""

    asked: tuple[Field, ...] = ()
    seen = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Say of all fields at once what services would refuse one by one."""
        sound = bool(super().validate(extra_validators))
        for each in self.asked:
            field: Any = self[each.name]
            words = None if field.errors else wrong(each, value_of(field))
            if words is not None:
                field.errors = [*field.errors, words]
                sound = False
        return sound

    def values(self) -> dict[str, Any]:
        """What was filled in, as services take it."""
        return {each.name: value_of(self[each.name]) for each in self.asked}

    @property
    def shown(self) -> list[tuple[Field, FormField]]:
        """What the page shows, in its order."""
        return [(each, self[each.name]) for each in self.asked]


class DraftForm(RecordForm):
    """A step of a draft: what is empty can be said later."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what can't stand, but for what is not there yet."""
        sound = bool(Form.validate(self, extra_validators))
        for each in self.asked:
            field: Any = self[each.name]
            value = value_of(field)
            words = wrong(each, value) if value or each is asked.TITLE else None
            if words is not None:
                field.errors = [*field.errors, words]
                sound = False
        return sound


def form_for(fields: Iterable[Field], *, base: type[RecordForm] = RecordForm) -> type[RecordForm]:
    """A form that asks these fields."""
    found = tuple(fields)
    made = {each.name: _made(each) for each in found}
    return type("OneRecordForm", (base,), {"asked": found, **made})


def value_of(field: Any) -> Any:
    """What a field holds, as services take it."""
    if isinstance(field, DayField):
        return field.day
    if isinstance(field, MomentField):
        return field.moment
    if isinstance(field, CountField):
        return field.number
    if isinstance(field, SelectMultipleField):
        return sorted(field.data or [])
    return field.data or ""


_SIMPLE: dict[Kind, type[FormField]] = {
    Kind.DAY: DayField,
    Kind.MOMENT: MomentField,
    Kind.NUMBER: CountField,
}


def _made(each: Field) -> Any:
    if each.kind in _SIMPLE:
        return _SIMPLE[each.kind](each.label)
    if each.kind is Kind.LINE:
        return StringField(each.label, filters=[_line])
    if each.kind is Kind.WORDS:
        return TextAreaField(each.label, filters=[typed])
    if each.kind is Kind.MANY:
        return ManyField(each.label, **choosing(each.offer.items(), otherwise=_FROM_LIST))
    offer = [("", _("Not said yet")), *each.offer.items()]
    return SelectField(each.label, **choosing(offer, otherwise=_FROM_LIST), default="")


def _line(text: str | None) -> str:
    return one_line(text or "")


def _figures(offer: dict[int, Any]) -> list[tuple[str, Any]]:
    return [(str(key), words) for key, words in offer.items()]


class RiskForm(form_for(asked.RISK)):  # type: ignore[misc]  # a form that is made
    """A risk of an assessment."""

    likelihood = RadioField(
        _("How likely is it?"), **choosing(_figures(LIKELY), otherwise=_FROM_LIST)
    )
    severity = RadioField(_("How bad?"), **choosing(_figures(SEVERE), otherwise=_FROM_LIST))
    left = RadioField(
        _("How much of it is left then?"), **choosing(LEVELS.items(), otherwise=_FROM_LIST)
    )

    def figure(self, name: str) -> int:
        """The number that was chosen, of a form that is valid."""
        return int(self[name].data)


class AboutForm(Form):
    """What a new assessment is about."""

    about = RadioField(
        _("What is the assessment about?"),
        **choosing(otherwise=_("Choose what it is about.")),
    )
    title = StringField(
        _("What is it about?"), filters=[_line], description=_("Where it is something else.")
    )


class NoteForm(Form):
    """A line of a breach's timeline."""

    words = TextAreaField(_("What happened now?"), filters=[typed])
