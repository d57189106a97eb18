"""What the screens of rules and letters ask for."""

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from citizen_voice.moderation import setting_up
from citizen_voice.web.forms import Form
from citizen_voice.words import _


def _line(value: str | None) -> str:
    return " ".join((value or "").split())


def _lines(value: str | None) -> str:
    return "\n".join((value or "").strip().splitlines())


class RulesPageForm(Form):
    """The council's own rules of the conversation."""

    body_en = TextAreaField(_("Rules in English"), filters=[_lines])
    body_cy = TextAreaField(_("Rules in Welsh"), filters=[_lines])
    seen = HiddenField()


class GroundForm(Form):
    """A ground and its letters."""

    name_en = StringField(_("Ground in English"), filters=[_line])
    name_cy = StringField(_("Ground in Welsh"), filters=[_line])
    letter_en = TextAreaField(_("Letter in English"), filters=[_lines])
    letter_cy = TextAreaField(_("Letter in Welsh"), filters=[_lines])

    def values(self) -> dict[str, str]:
        """What was typed."""
        return {name: self[name].data for name in ("name_en", "name_cy", "letter_en", "letter_cy")}


class WordsForm(Form):
    """Watched words, a line each."""

    en = TextAreaField(_("English words"), filters=[_lines])
    cy = TextAreaField(_("Welsh words"), filters=[_lines])

    def values(self) -> dict[str, str]:
        """The words of each language."""
        return {field.name: field.data or "" for field in self}


def _whole(_form: Form, field: Any) -> None:
    said = field.data or ""
    fits = said.isascii() and said.isdecimal() and len(said) <= 3
    if not (fits and 1 <= int(said) <= setting_up.MOST_HOURS):
        raise ValidationError(_("Enter hours from 1 to 720."))


class TargetsForm(Form):
    """Within how many hours each kind is to be looked at; a field a kind."""

    def values(self) -> dict[str, int]:
        """The hours of each kind, of a form that is valid."""
        return {field.name: int(field.data) for field in self}


for _kind in (*setting_up.REPORTED, *setting_up.OTHERS):
    setattr(
        TargetsForm,
        _kind,
        StringField(setting_up.NAMES[_kind], filters=[_line], validators=[_whole]),
    )
