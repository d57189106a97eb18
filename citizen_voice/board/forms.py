"""What is filled in about opinion groups, and to join two ideas."""

from datetime import date
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from citizen_voice.ideas.models import REASON_LONGEST
from citizen_voice.ideas.text import typed
from citizen_voice.web.forms import Form
from citizen_voice.words import _


class GroupsForm(Form):
    """Who signed the assessment, and when."""

    signed_by = StringField(_("Who signed it?"), [InputRequired(_("Say who signed it."))])
    signed_on = StringField(_("On which day?"), [InputRequired(_("Say when it was signed."))])

    def validate_signed_on(self, field: Any) -> None:
        """A day as browsers send it."""
        try:
            date.fromisoformat(field.data)
        except ValueError:
            raise ValidationError(_("Enter a day, like 2026-03-31.")) from None

    @property
    def day(self) -> date:
        """The day that was entered."""
        return date.fromisoformat(self.signed_on.data or "")


class MergeForm(Form):
    """Which idea becomes part of which, and why."""

    source = HiddenField()
    into = HiddenField()
    reason = TextAreaField(
        _("Why do they belong together?"),
        filters=[typed],
        validators=[
            InputRequired(_("Say why they belong together.")),
            Length(max=REASON_LONGEST, message=_("Make this 300 letters or shorter.")),
        ],
    )
