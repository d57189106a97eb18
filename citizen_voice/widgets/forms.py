"""What staff say of a widget."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from citizen_voice.errors import Refusal
from citizen_voice.web.forms import Form, choosing, typed
from citizen_voice.widgets import choosing as subjects
from citizen_voice.widgets import hosts, themes
from citizen_voice.widgets.models import AUTO, DARK, LIGHT, WIDEST_RADIUS
from citizen_voice.widgets.services import Wanted
from citizen_voice.words import LANGUAGES, _

SCHEME_NAMES = (
    (AUTO, _("As the reader’s device")),
    (LIGHT, _("Always light")),
    (DARK, _("Always dark")),
)
_ONE_OF_THESE = _("Choose one of these.")


def _by(check: Callable[[str], object]) -> Callable[[Form, Any], None]:
    """A validator that says what a refusal says."""

    def validate(_form: Form, field: Any) -> None:
        try:
            check(field.data or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal.words)) from None

    return validate


def _sites() -> TextAreaField:
    return TextAreaField(
        _("Sites that may show it"), filters=[typed], validators=[_by(hosts.origins)]
    )


class SitesForm(Form):
    """The sites that may show what has no widget of its own."""

    sites = _sites()


class WidgetForm(Form):
    """A widget of a kind. What it is about is chosen, or for an idea written."""

    name = StringField(_("Name, for staff alone"), filters=[typed])
    subject: Any = StringField(filters=[typed])
    accent = StringField(_("Colour"), filters=[typed])
    radius = StringField(_("Round corners, from 0 to 24"), filters=[typed])
    scheme = RadioField(_("Light or dark"), **choosing(SCHEME_NAMES, otherwise=_ONE_OF_THESE))
    language = RadioField(
        _("Language"), **choosing(LANGUAGES.items(), otherwise=_ONE_OF_THESE), default="en"
    )
    sites = _sites()
    return_address = StringField(
        _("Page to go back to"), filters=[typed], validators=[_by(hosts.return_address)]
    )
    seen = HiddenField()
    kind = ""
    shade: str | None = None
    """A colour that can be read, where the one that was typed cannot."""

    def validate_subject(self, field: Any) -> None:
        """Whether everybody may see it."""
        try:
            subjects.subject(self.kind, field.data or "")
        except Refusal as refusal:
            raise ValidationError(str(refusal.words)) from None

    def validate_radius(self, field: Any) -> None:
        """A whole number that corners can have."""
        if number(field.data) is None:
            raise ValidationError(str(_("Give a number from 0 to 24.")))

    def validate_accent(self, field: Any) -> None:
        """Whether it can be read; notes the nearest shade that can."""
        try:
            themes.accent(field.data or "", self.scheme.data or AUTO)
        except themes.Unreadable as refusal:
            self.shade = refusal.shade
            raise ValidationError(str(refusal.words)) from None
        except Refusal as refusal:
            raise ValidationError(str(refusal.words)) from None

    def wanted(self) -> Wanted:
        """What stands in a form that is valid."""
        return Wanted(
            name=self.name.data or "",
            kind=self.kind,
            accent=self.accent.data or "",
            radius=number(self.radius.data) or 0,
            scheme=self.scheme.data,
            language=self.language.data,
            return_address=self.return_address.data or "",
            **subjects.subject(self.kind, self.subject.data or ""),
        )


class _ChosenForm(WidgetForm):
    subject = SelectField(validate_choice=False)


def widget_form(
    kind: str, offered: Iterable[tuple[str, str]], label: Any, **values: Any
) -> WidgetForm:
    """The form of a widget; ``offered`` are keys and words of what there is to choose."""
    form = (_ChosenForm if kind != "idea" else WidgetForm)(**values)
    form.kind = kind
    form.subject.label.text = label
    if isinstance(form, _ChosenForm):
        form.subject.choices = list(offered)
    return form


def number(said: str | None) -> int | None:
    """The radius that somebody typed; ``None`` for what can be none."""
    text = (said or "").strip().removesuffix("px").strip()
    is_one = text.isascii() and text.isdigit() and len(text) <= 2 and int(text) <= WIDEST_RADIUS
    return int(text) if is_one else None
