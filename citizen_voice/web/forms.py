"""The base of all forms."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms.fields import choices as wtforms_choices

from citizen_voice.errors import Busy, Refusal

LANGUAGE_SWITCH = "_language"


def choices(pairs: Iterable[tuple[str, object]]) -> list[Any]:
    """What a field offers: pairs of a value and its words, which may be lazily translated."""
    offer: Any = wtforms_choices.SelectChoice  # type: ignore[attr-defined]  # new in WTForms 3.3
    return [offer(value, words) for value, words in pairs]


def choosing(pairs: Iterable[tuple[str, object]] = (), *, otherwise: object) -> dict[str, Any]:
    """Arguments for a field: what it offers, and what it says to anything else."""
    return {"choices": choices(pairs), "invalid_choice_message": otherwise}


def typed(value: str | None) -> str:
    """What was typed into a field, its lines ended in one way; without NUL, which nobody types."""
    return "\n".join((value or "").replace("\0", "").strip().splitlines())


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form. Forgery is checked for every request in ``web.forgery``, so it has no field here."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF carries no types
        """WTForms' settings."""

        csrf = False

        def get_translations(self, form: Any) -> None:
            """Every sentence of ours is translated where it is written."""

    def is_submitted(self) -> bool:
        """Sent to be acted on; a change of the page's language only carries what was typed."""
        return bool(super().is_submitted()) and LANGUAGE_SWITCH not in request.form

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal at the field it is about, or above the form.

        ``Busy`` is not about the form: it is raised again, and has a page of its own.
        """
        if isinstance(refusal, Busy):
            raise refusal
        if refusal.field and refusal.field in self:
            field: Any = self[refusal.field]
            field.errors = [*field.errors, refusal.words]
        else:
            self.form_errors.append(refusal.words)
