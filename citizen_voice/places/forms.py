"""What the screens of wards ask for."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField

from citizen_voice.web.forms import Form
from citizen_voice.words import _


def _trimmed(value: str | None) -> str:
    return " ".join((value or "").split())


class NamesForm(Form):
    """A ward's names."""

    name_en = StringField(_("Name in English"), filters=[_trimmed])
    name_cy = StringField(_("Name in Welsh"), filters=[_trimmed])

    def names(self) -> dict[str, str]:
        """Both names, as typed."""
        return {"name_en": self.name_en.data or "", "name_cy": self.name_cy.data or ""}


class WardForm(NamesForm):
    """A new ward."""

    code = StringField(_("Code"), filters=[_trimmed])


class FileForm(Form):
    """A file of wards."""

    file = FileField(_("CSV file"), validators=[FileRequired(_("Choose a file."))])
    retire_others = BooleanField(_("Retire the wards that are not in the file"))
