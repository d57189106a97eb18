"""What a moderator fills in to decide: a form an act."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from citizen_voice.ideas.text import typed
from citizen_voice.moderation import models
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, choices, choosing
from citizen_voice.words import _


def _key(text: Any) -> int | None:
    """The number that an option stands for."""
    written = str(text or "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


class RulingForm(Form):
    """Ground and letter. ``begun``: whose letter it was begun with; ``seen``: the words' mark."""

    ground = SelectField(
        _("Ground"),
        coerce=_key,
        **choosing(otherwise=_("Choose the ground.")),
        validators=[Optional()],
        validate_choice=False,
    )
    words = TextAreaField(_("Letter to the author"), filters=[typed])
    begun = HiddenField()
    seen = HiddenField()


class KeepForm(Form):
    """Nothing to fill in."""

    seen = HiddenField()


class PauseForm(RulingForm):
    """Until when."""

    until = DayField(_("Last day of the pause"))


class MoveForm(RulingForm):
    """Where to."""

    target = SelectField(
        _("To which challenge?"),
        coerce=_key,
        **choosing(otherwise=_("Choose the challenge.")),
        validators=[Optional()],
        validate_choice=False,
    )


class MergeForm(RulingForm):
    """With which idea."""

    target = StringField(
        _("Join it with which idea?"),
        description=_("Its reference, such as CV-1042. That idea stays."),
        filters=[typed],
    )


class RedactForm(RulingForm):
    """The words without the details."""

    title = StringField(_("Title without private details"), filters=[typed])
    body = TextAreaField(_("Words without private details"), filters=[typed])


FORMS: dict[str, type[Form]] = {
    models.KEEP: KeepForm,
    models.PAUSE: PauseForm,
    models.MOVE: MoveForm,
    models.MERGE: MergeForm,
    models.REDACT: RedactForm,
}


def form_for(act: str, grounds: Any, **values: Any) -> Any:
    """The form of an act, with the grounds to choose from (pairs of key and name)."""
    form = FORMS.get(act, RulingForm)(**values)
    if "ground" in form:
        form.ground.choices = choices([("", _("Choose the ground")), *grounds])
    return form
