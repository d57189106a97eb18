"""What staff say of a widget."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from citizen_voice.errors import Refusal
from citizen_voice.web import forms
from citizen_voice.web.forms import Form, typed
from citizen_voice.widgets import choosing, hosts, themes
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


# Fields come in the order in which they are made; so do the errors above them.
_NAME = StringField(
    _("Name, for staff alone"),
    filters=[typed],
    validators=[InputRequired(_("Give it a name, so that you find it again."))],
)
_CHOSEN: Any = SelectField(validate_choice=False)


class WidgetForm(Form):
    """A widget of a kind. What it is about is chosen, or for an idea written."""

    name = _NAME
    subject: Any = StringField(filters=[typed])
    language = RadioField(
        _("Language"), **forms.choosing(LANGUAGES.items(), otherwise=_ONE_OF_THESE), default="en"
    )
    sites = _sites()
    return_address = StringField(
        _("Page to go back to"), filters=[typed], validators=[_by(hosts.return_address)]
    )
    accent = StringField(_("Colour"), filters=[typed])
    radius = StringField(_("Round corners, from 0 to 24"), filters=[typed])
    scheme = RadioField(_("Light or dark"), **forms.choosing(SCHEME_NAMES, otherwise=_ONE_OF_THESE))
    seen = HiddenField()
    kind = ""
    standing: str | None = None
    """What a widget is about that is being changed, as its field has it."""
    shade: str | None = None
    """A colour that can be read, where the one that was typed cannot."""

    def validate_subject(self, field: Any) -> None:
        """Whether everybody may see it, or it stays as it is."""
        try:
            self.about()
        except Refusal as refusal:
            raise ValidationError(str(refusal.words)) from None

    def validate_radius(self, field: Any) -> None:
        """A whole number that corners can have."""
        radius = themes.radius(field.data)
        if radius is None or radius > WIDEST_RADIUS:
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
            radius=themes.radius(self.radius.data) or 0,
            scheme=self.scheme.data,
            language=self.language.data,
            return_address=self.return_address.data or "",
            **self.about(),
        )

    def about(self) -> dict[str, int | None]:
        """The column of what it is about; raises ``Refusal``."""
        return choosing.subject(self.kind, self.subject.data or "", self.standing)


class _ChosenForm(WidgetForm):
    subject = _CHOSEN


def widget_form(
    kind: str,
    offered: Iterable[tuple[str, str]],
    label: Any,
    standing: str | None = None,
    **values: Any,
) -> WidgetForm:
    """The form of a widget; ``offered`` are keys and words of what there is to choose.

    ``standing`` is its subject where there is a widget already: it may stay, whatever became of it.
    """
    form = (_ChosenForm if kind != "idea" else WidgetForm)(**values)
    form.kind = kind
    form.standing = standing
    form.subject.label.text = label
    if isinstance(form, _ChosenForm):
        form.subject.choices = list(offered)
    return form
