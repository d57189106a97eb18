"""What the officer's forms about retention ask for."""

from typing import Any

from wtforms import BooleanField, StringField, TextAreaField

from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import one_line, typed
from citizen_voice.keeping import Unit
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form
from citizen_voice.words import _

MOST = 10_000

LENGTHS: dict[Unit, Any] = {
    Unit.HOURS: _("How many hours"),
    Unit.DAYS: _("How many days"),
    Unit.MONTHS: _("How many months"),
}


def _line(text: str | None) -> str:
    return one_line(text or "")


class RuleForm(Form):
    """How long a class of data is kept."""

    number = StringField(_("How long"), filters=[_line])
    warn = StringField(_("How many days before it we write to people"), filters=[_line])
    active = BooleanField(_("Do this every day"))
    reason = TextAreaField(_("Why, where it is longer than by default"), filters=[typed])

    def whole(self, name: str) -> int:
        """The number that was typed into a field; raises ``Refusal`` where it is none."""
        text = str(self[name].data or "")
        if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= MOST):
            raise Refusal(_("Write a whole number from 1 on."), field=name)
        return int(text)


class HoldForm(Form):
    """What has to stay, why, and until when."""

    about = StringField(_("What it is about"), filters=[_line])
    reason = TextAreaField(_("Why it has to stay"), filters=[typed])
    until = DayField(_("Until when"))
