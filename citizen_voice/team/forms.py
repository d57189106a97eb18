"""What the team's forms ask for."""

from datetime import date
from typing import Any

from wtforms import PasswordField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from citizen_voice.errors import Refusal
from citizen_voice.team.models import ROLES
from citizen_voice.team.names import ROLE_NAMES
from citizen_voice.web.forms import Form, choices, choosing
from citizen_voice.words import LANGUAGES, _

CODE_LENGTH = 40
PASSWORD_LENGTH = 1000  # what is longer than a password may be is told so by the service


def _code(label: Any) -> StringField:
    return StringField(
        label,
        validators=[
            InputRequired(_("Enter the code that your phone shows.")),
            Length(max=CODE_LENGTH, message=_("That code is too long.")),
        ],
    )


def _password() -> PasswordField:
    return PasswordField(
        _("Password"),
        validators=[
            InputRequired(_("Enter your password.")),
            Length(max=PASSWORD_LENGTH, message=_("That password is too long.")),
        ],
    )


def _new_password() -> PasswordField:
    return PasswordField(
        _("New password"),
        validators=[
            InputRequired(_("Choose a password.")),
            Length(max=PASSWORD_LENGTH, message=_("Use 200 letters or fewer.")),
        ],
    )


class SignInForm(Form):
    """Everything at once, so that nobody learns which part was right."""

    email = StringField(
        _("E-mail address"),
        validators=[
            InputRequired(_("Enter your e-mail address.")),
            Length(max=254, message=_("That address is too long.")),
        ],
    )
    password = _password()
    code = _code(_("Code from your phone"))


class ConfirmForm(Form):
    """Who one is, once more. Its names are its own: it stands among another form's fields."""

    confirm_password = _password()
    confirm_code = _code(_("Code from your phone"))


class SetUpForm(Form):
    """What somebody signs in with from now on; fields that are not asked are taken out."""

    name = StringField(
        _("Your name"),
        validators=[Length(max=60, message=_("Enter a name of 60 characters or fewer."))],
    )
    new_password = _new_password()
    password = _password()
    code = _code(_("Code from your phone"))


class PasswordForm(Form):
    """Another password."""

    new_password = _new_password()


class DeviceForm(Form):
    """The code of another device."""

    code = _code(_("Code from the new phone"))


class RolesForm(Form):
    """What somebody does here, and until when."""

    roles = SelectMultipleField(
        _("Roles"), choices=choices(ROLE_NAMES.items()), validate_choice=False
    )
    ends_on = StringField(
        _("Last day (optional)"),
        validators=[Length(max=40, message=_("Enter a day like 2027-03-31."))],
    )

    def last_day(self) -> date | None:
        """The day that was typed; ``None`` for none. Raises ``Refusal`` for what is no day."""
        text = (self.ends_on.data or "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise Refusal(_("Enter a day like 2027-03-31."), field="ends_on") from None

    def chosen(self) -> list[str]:
        """The roles that were ticked; what is no role of ours is left out."""
        return [name for name in ROLES if name in (self.roles.data or ())]


class InviteForm(RolesForm):
    """Whom, and in which language the letter is."""

    email = StringField(
        _("E-mail address"),
        validators=[
            InputRequired(_("Enter an e-mail address, like name@example.org.")),
            Length(max=254, message=_("That address is too long.")),
        ],
    )
    language = RadioField(
        _("Language of the letter"),
        **choosing(LANGUAGES.items(), otherwise=_("Choose a language.")),
        default="en",
        validators=[InputRequired(_("Choose a language."))],
    )
