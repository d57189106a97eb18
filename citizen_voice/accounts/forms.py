"""What accounts' forms ask for."""

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _


class EmailForm(Form):
    """Where to send the code."""

    email = StringField(
        _("E-mail address"),
        validators=[
            InputRequired(_("Enter your e-mail address.")),
            Length(max=254, message=_("That address is too long.")),
        ],
    )
    shared = BooleanField(_("This is a shared computer"))
    notice = HiddenField()


class NewEmailForm(Form):
    """The address that an account should move to."""

    email = StringField(
        _("New e-mail address"),
        validators=[
            InputRequired(_("Enter your new e-mail address.")),
            Length(max=254, message=_("That address is too long.")),
        ],
    )


class CodeForm(Form):
    """The six digits."""

    code = StringField(
        _("Code"),
        validators=[
            InputRequired(_("Enter the 6 numbers from the e-mail.")),
            Length(max=40, message=_("The code has 6 numbers.")),
        ],
    )


class AgeForm(Form):
    """One question, never a date of birth."""

    age = RadioField(
        _("How old are you?"),
        **choosing(
            (
                ("under-13", _("Under 13")),
                ("teen", _("13 to 17")),
                ("adult", _("18 or over")),
            ),
            otherwise=_("Choose how old you are."),
        ),
        validators=[InputRequired(_("Choose how old you are."))],
    )


def first_name() -> StringField:
    """The field for a name, where somebody publishes for the first time."""
    return StringField(
        _("Your name on this site"),
        validators=[
            InputRequired(_("Enter a name. It need not be your real one.")),
            Length(max=60, message=_("Enter a name of 60 characters or fewer.")),
        ],
    )


class NameForm(Form):
    """The name that stands beside one's words."""

    name = StringField(
        _("Your name on this site"),
        validators=[
            InputRequired(_("Enter a name.")),
            Length(max=60, message=_("Enter a name of 60 characters or fewer.")),
        ],
    )


class LeaveForm(Form):
    """What should become of one's words."""

    words = RadioField(
        _("What should happen to what you wrote?"),
        **choosing(
            (
                ("keep", _("Take my name off what I wrote")),
                ("remove", _("Remove my words too")),
            ),
            otherwise=_("Choose what should happen to what you wrote."),
        ),
        validators=[InputRequired(_("Choose what should happen to what you wrote."))],
    )
