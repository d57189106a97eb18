"""What the screens of the site ask for."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from citizen_voice.site import settling
from citizen_voice.web.forms import Form
from citizen_voice.words import _


def _words(name: str, label: Any) -> StringField:
    """A field for a setting that is words."""

    def check(_form: Form, field: Any) -> None:
        words = settling.trouble(name, field.data)
        if words is not None:
            raise ValidationError(words)

    def cleaned(value: str | None) -> str:
        return settling.clean(name, value)

    kind = TextAreaField if settling.WORDS[name].lines else StringField
    return kind(label, filters=[cleaned], validators=[check])


class SiteForm(Form):
    """Everything that an administrator decides about the site."""

    name_en = _words("name_en", _("Name of the site in English"))
    name_cy = _words("name_cy", _("Name of the site in Welsh"))
    council_en = _words("council_en", _("Name of the council in English"))
    council_cy = _words("council_cy", _("Name of the council in Welsh"))
    tagline_en = _words("tagline_en", _("One sentence about it in English"))
    tagline_cy = _words("tagline_cy", _("One sentence about it in Welsh"))
    contact_email = _words("contact_email", _("E-mail address"))
    contact_phone = _words("contact_phone", _("Phone"))
    contact_address_en = _words("contact_address_en", _("Address in English"))
    contact_address_cy = _words("contact_address_cy", _("Address in Welsh"))
    footer_en = _words("footer_en", _("Words at the foot of every page, in English"))
    footer_cy = _words("footer_cy", _("Words at the foot of every page, in Welsh"))
    brand_colour = _words("brand_colour", _("Colour of the council"))
    link_colour = _words("link_colour", _("Colour of links"))
    welsh_on = BooleanField(_("Welsh pages"))
    managers_told = BooleanField(_("Tell the manager when a word on a trial is late"))
    seen = HiddenField()

    def values(self) -> dict[str, Any]:
        """The columns of the settings, as typed."""
        return {name: self[name].data for name in settling.SETTLED}


class LogoForm(Form):
    """A picture for the head of every page."""

    file = FileField(_("Picture"), validators=[FileRequired(_("Choose a picture."))])
    alt_en = StringField(_("What it shows, in English"))
    alt_cy = StringField(_("What it shows, in Welsh"))


class LogoWordsForm(Form):
    """What the picture shows."""

    alt_en = StringField(_("What it shows, in English"))
    alt_cy = StringField(_("What it shows, in Welsh"))
