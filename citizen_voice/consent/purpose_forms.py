"""What the officer's screens of purposes ask for."""

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from citizen_voice.consent.services.purposes import NAMES
from citizen_voice.register import Basis
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, typed
from citizen_voice.words import _

TEXTS = (*(f"{name}_{code}" for name in NAMES for code in ("en", "cy")), "policy")
BASES: dict[str, Any] = {
    Basis.PUBLIC_TASK.value: _("Public task"),
    Basis.LEGAL_OBLIGATION.value: _("A duty by law"),
    Basis.CONSENT.value: _("Consent"),
}


class PurposeForm(Form):
    """What is said of a purpose. Its basis is shown, and comes along to be checked."""

    words_en = StringField(_("Plain words in English"), filters=[typed])
    words_cy = StringField(_("Plain words in Welsh"), filters=[typed])
    basis = HiddenField(_("Basis in law"))
    law_en = TextAreaField(_("The law, or the duty, in English"), filters=[typed])
    law_cy = TextAreaField(_("The law, or the duty, in Welsh"), filters=[typed])
    condition_en = TextAreaField(_("Condition of Article 9, in English"), filters=[typed])
    condition_cy = TextAreaField(_("Condition of Article 9, in Welsh"), filters=[typed])
    policy = StringField(_("Where the appropriate policy document is"), filters=[typed])
    retention_en = TextAreaField(_("How long it is kept, in English"), filters=[typed])
    retention_cy = TextAreaField(_("How long it is kept, in Welsh"), filters=[typed])
    seen = HiddenField()

    def texts(self) -> dict[str, str]:
        """What was typed, by column."""
        return {name: self[name].data or "" for name in TEXTS}


class DayForm(Form):
    """From which day on."""

    day = DayField(_("From which day"), validators=[InputRequired(_("Enter a day."))])
