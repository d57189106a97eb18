"""What somebody writes who reports a thing, or looks up a report."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from citizen_voice.ideas.text import typed
from citizen_voice.moderation.services.reporting import WORDS_LONGEST
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _


class ReportForm(Form):
    """What is wrong, and where to write back."""

    category = RadioField(
        _("What is wrong?"),
        **choosing(
            ((each.key, each.words) for each in CATEGORIES.values()),
            otherwise=_("Choose what is wrong."),
        ),
        validators=[InputRequired(_("Choose what is wrong."))],
    )
    words = TextAreaField(
        _("Tell us more"),
        filters=[typed],
        validators=[Length(max=WORDS_LONGEST, message=_("Make this 1,500 letters or shorter."))],
    )
    email = StringField(
        _("E-mail address, if you want to hear back"),
        validators=[Optional(), Length(max=254, message=_("That address is too long."))],
    )


class ReceiptForm(Form):
    """The number of a report."""

    receipt = StringField(
        _("Number of your report"),
        validators=[
            InputRequired(_("Enter the number of your report.")),
            Length(max=60, message=_("That number is too long.")),
        ],
    )
