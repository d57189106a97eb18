"""The base of all forms."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm

from citizen_voice.errors import Refusal

LANGUAGE_SWITCH = "_language"


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form. Forgery is checked for every request in ``web.forgery``, so it has no field here."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF carries no types
        """WTForms' settings."""

        csrf = False

    def is_submitted(self) -> bool:
        """Sent to be acted on; a change of the page's language only carries what was typed."""
        return bool(super().is_submitted()) and LANGUAGE_SWITCH not in request.form

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal at the field it is about, or above the form."""
        if refusal.field and refusal.field in self:
            field: Any = self[refusal.field]
            field.errors = [*field.errors, refusal.words]
        else:
            self.form_errors.append(refusal.words)
