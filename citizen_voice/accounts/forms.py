"""What accounts' forms ask for."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from citizen_voice.accounts.models import ADULT, TEEN
from citizen_voice.web.forms import Form, choices, choosing
from citizen_voice.words import _

YOUNGER = "younger"
"""Than the age from which people take part; it is stored nowhere."""
OF_AGE = 18


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
        **choosing(otherwise=_("Choose how old you are.")),
        validators=[InputRequired(_("Choose how old you are."))],
    )

    def __init__(self, minimum: int, **kwargs: Any) -> None:
        """``minimum`` is the age from which people take part: 13 to 18."""
        super().__init__(**kwargs)
        bands: list[tuple[str, object]] = [(YOUNGER, _("Under %(age)s", age=minimum))]
        if minimum < OF_AGE:
            bands.append((TEEN, _("%(age)s to 17", age=minimum)))
        self.age.choices = choices([*bands, (ADULT, _("18 or over"))])


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
