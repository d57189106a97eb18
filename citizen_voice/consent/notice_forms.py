"""What the officer's editor of a notice asks for: a field an element and language."""

from typing import Any

from wtforms import BooleanField, HiddenField, TextAreaField

from citizen_voice.consent.elements import BRIEFLY, ELEMENTS, Declared, Element
from citizen_voice.consent.models.notices import FULL
from citizen_voice.consent.services.drafting import Incomplete, Written
from citizen_voice.db import AnyRow
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, typed
from citizen_voice.words import LANGUAGES, _


class NoticeForm(Form):
    """What stands beside the elements: what changed, and from when on."""

    elements: tuple[Element, ...] = ()

    changed_en = TextAreaField(_("What changed, in English"), filters=[typed])
    changed_cy = TextAreaField(_("What changed, in Welsh"), filters=[typed])
    material = BooleanField(_("This matters to people: put it before them at their next visit"))
    effective_on = DayField(_("In force from"))
    seen = HiddenField()

    def written(self) -> Written:
        """What was written."""
        return Written(
            sections={
                element.key: {code: self[f"{element.key}_{code}"].data or "" for code in LANGUAGES}
                for element in self.elements
            },
            changed_en=self.changed_en.data or "",
            changed_cy=self.changed_cy.data or "",
            material=bool(self.material.data),
            effective_on=self.effective_on.day,
        )

    def name_missing(self, incomplete: Incomplete) -> None:
        """Show each thing that is missing at its field."""
        for missing in incomplete.missing:
            field: Any = self[missing.field]
            field.errors = [*field.errors, missing.words]


class FullForm(NoticeForm):
    """A full notice."""

    elements = ELEMENTS


class BriefForm(NoticeForm):
    """The brief words at the place where something is asked."""

    elements = BRIEFLY


class OwnWordsForm(Form):
    """The council's own part of the accessibility statement."""

    body_en = TextAreaField(_("Your words in English"), filters=[typed])
    body_cy = TextAreaField(_("Your words in Welsh"), filters=[typed])
    seen = HiddenField()


_IN = {"en": _("In English"), "cy": _("In Welsh")}
for _form in (FullForm, BriefForm):
    for _element in _form.elements:
        for _code in LANGUAGES:
            setattr(_form, f"{_element.key}_{_code}", TextAreaField(_IN[_code], filters=[typed]))


def form_for(notice: Declared, row: AnyRow, seen: str, **options: Any) -> NoticeForm:
    """The editor's form with what the draft has."""
    kind = FullForm if notice.layer == FULL else BriefForm
    begun = {
        f"{element.key}_{code}": row.sections.get(element.key, {}).get(code, "")
        for element in notice.elements
        for code in LANGUAGES
    }
    names = ("changed_en", "changed_cy", "material", "effective_on")
    return kind(**options, data=begun | {name: getattr(row, name) for name in names}, seen=seen)
