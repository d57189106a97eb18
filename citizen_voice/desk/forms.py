"""What residents write who ask about their data or complain, or look up what they asked."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from citizen_voice.desk.models import COMPLAINT
from citizen_voice.desk.names import RIGHT_NAMES
from citizen_voice.desk.services.asking import ADDRESS_LONGEST, NAME_LONGEST, WORDS_LONGEST
from citizen_voice.ideas.text import typed
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

NEWS = "news"
"""To want no news is an objection that holds at once."""
ASKABLE = {key: words for key, words in RIGHT_NAMES.items() if key != COMPLAINT}
_TOO_LONG = _("Make this 3,000 letters or shorter.")


class ComplainForm(Form):
    """What is wrong with how data is used."""

    words = TextAreaField(
        _("What went wrong?"),
        filters=[typed],
        validators=[Length(max=WORDS_LONGEST, message=_TOO_LONG)],
    )


class AskForm(Form):
    """Which right, and what about it; for who is signed in."""

    kind = RadioField(
        _("What do you ask for?"),
        **choosing(
            [*ASKABLE.items(), (NEWS, _("Stop sending me news"))],
            otherwise=_("Choose what you ask for."),
        ),
        validators=[InputRequired(_("Choose what you ask for."))],
    )
    words = TextAreaField(
        _("What should we know?"),
        filters=[typed],
        validators=[Length(max=WORDS_LONGEST, message=_TOO_LONG)],
    )


class Reached(Form):
    """How a visitor is reached."""

    name = StringField(
        _("Your name"),
        filters=[typed],
        validators=[Length(max=NAME_LONGEST, message=_("Make this 120 letters or shorter."))],
    )
    email = StringField(
        _("E-mail address"),
        validators=[Optional(), Length(max=254, message=_("That address is too long."))],
    )
    address = TextAreaField(
        _("Postal address, if you would rather have a letter"),
        filters=[typed],
        validators=[Length(max=ADDRESS_LONGEST, message=_("Make this 400 letters or shorter."))],
    )


class VisitorComplainForm(ComplainForm, Reached):
    """The same from who is not signed in."""


class VisitorAskForm(Reached):
    """Which right, and what about it; from who is not signed in."""

    kind = RadioField(
        _("What do you ask for?"),
        **choosing(ASKABLE.items(), otherwise=_("Choose what you ask for.")),
        validators=[InputRequired(_("Choose what you ask for."))],
    )
    words = TextAreaField(
        _("What should we know?"),
        filters=[typed],
        validators=[Length(max=WORDS_LONGEST, message=_TOO_LONG)],
    )


class LookUpForm(Form):
    """The number of a request."""

    receipt = StringField(
        _("Number of your request"),
        validators=[
            InputRequired(_("Enter the number of your request.")),
            Length(max=60, message=_("That number is too long.")),
        ],
    )
