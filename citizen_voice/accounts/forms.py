"""What accounts' forms ask for."""

from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from citizen_voice.accounts.ages import AGES, FEATURES, OF_AGE
from citizen_voice.accounts.models import ADULT, TEEN
from citizen_voice.web.forms import Form, choices, choosing
from citizen_voice.words import _

YOUNGER = "younger"
"""Than the age from which people take part; it is stored nowhere."""


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


YOUNG_NAME = _(
    "You can leave this empty: then it says “A resident”. Please don’t use your real name, nor one"
    " that people know you by elsewhere."
)
"""What people under 18 read at the field for their name."""


def ease_name(form: Form) -> None:
    """Have a form's name be left empty by who wants to: people under 18 have a pseudonym."""
    form.name.validators = [
        each for each in form.name.validators if not isinstance(each, InputRequired)
    ]
    form.name.data = (form.name.data or "").strip()
    form.name.description = YOUNG_NAME


class NameForm(Form):
    """The name that stands beside one's words."""

    name = StringField(
        _("Your name on this site"),
        validators=[
            InputRequired(_("Enter a name.")),
            Length(max=60, message=_("Enter a name of 60 characters or fewer.")),
        ],
    )


class AgeRuleForm(Form):
    """From which age people take part in something, and from which day on."""

    feature = SelectField(
        _("What is it for?"),
        **choosing(
            ((key, feature.name) for key, feature in FEATURES.items()),
            otherwise=_("Choose what the age is for."),
        ),
    )
    minimum = SelectField(
        _("Youngest age"),
        **choosing(
            ((str(age), str(age)) for age in AGES), otherwise=_("Choose an age from 13 to 18.")
        ),
    )
    effective_from = StringField(
        _("From which day?"),
        filters=[lambda text: (text or "").strip()],
        validators=[InputRequired(_("Choose a day."))],
    )

    def validate_effective_from(self, field: StringField) -> None:
        """A day as browsers send it."""
        try:
            date.fromisoformat(field.data or "")
        except ValueError:
            raise ValidationError(_("Write the day like 2026-03-31.")) from None

    @property
    def day(self) -> date:
        """The day that was entered."""
        return date.fromisoformat(self.effective_from.data or "")


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
