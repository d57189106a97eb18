"""What the officer's forms ask for."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from citizen_voice.bank_holidays import NATIONS
from citizen_voice.desk import models as m
from citizen_voice.desk.names import (
    CHANNEL_NAMES,
    COMPLAINT_OUTCOMES,
    IDENTITY_NAMES,
    OUTCOME_NAMES,
    SHORT_NAMES,
)
from citizen_voice.desk.services import Draft
from citizen_voice.desk.services.asking import ADDRESS_LONGEST, NAME_LONGEST, WORDS_LONGEST
from citizen_voice.ideas.text import typed
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import LANGUAGES, _

_WAYS = ((m.MAIL, _("By e-mail")), (m.PAPER, _("On paper: print it")))


def _language() -> SelectField:
    return SelectField(
        _("Language"), **choosing(LANGUAGES.items(), otherwise=_("Choose a language."))
    )


class EnterForm(Form):
    """What came by letter, call or e-mail."""

    kind = SelectField(
        _("What they ask for"),
        **choosing(SHORT_NAMES.items(), otherwise=_("Choose what they ask for.")),
    )
    channel = RadioField(
        _("How it came"),
        **choosing(
            ((key, CHANNEL_NAMES[key]) for key in m.ENTERED), otherwise=_("Choose how it came.")
        ),
        validators=[InputRequired(_("Choose how it came."))],
    )
    received_on = DayField(
        _("The day on which it came"),
        validators=[InputRequired(_("Give the day on which it came."))],
    )
    identity = SelectField(
        _("Do we know who asks?"),
        **choosing(
            ((key, IDENTITY_NAMES[key]) for key in (m.NOT_NEEDED, m.IN_DOUBT)),
            otherwise=_("Choose what is known of who asks."),
        ),
    )
    language = _language()
    name = StringField(
        _("Name"),
        filters=[typed],
        validators=[Length(max=NAME_LONGEST, message=_("Make this 120 letters or shorter."))],
    )
    email = StringField(
        _("E-mail address"),
        validators=[Optional(), Length(max=254, message=_("That address is too long."))],
    )
    address = TextAreaField(
        _("Postal address"),
        filters=[typed],
        validators=[Length(max=ADDRESS_LONGEST, message=_("Make this 400 letters or shorter."))],
    )
    words = TextAreaField(
        _("What they say"),
        filters=[typed],
        validators=[Length(max=WORDS_LONGEST, message=_("Make this 3,000 letters or shorter."))],
    )


class StepForm(Form):
    """A step of a request: the day on which it was, or words, or an address."""

    day = DayField(_("On which day?"))
    words = TextAreaField(_("Your words"), filters=[typed])
    email = StringField(
        _("E-mail address of the account"),
        validators=[Optional(), Length(max=254, message=_("That address is too long."))],
    )


class LetterForm(Form):
    """A letter, filled in, to be changed before it leaves."""

    language = _language()
    subject = StringField(_("Subject"), filters=[typed])
    body = TextAreaField(_("The letter"), filters=[typed])
    way = RadioField(
        _("How does it leave?"), **choosing(_WAYS, otherwise=_("Choose how it leaves."))
    )
    refill = HiddenField()

    def draft(self) -> Draft:
        """As the services take it."""
        return Draft(
            subject=self.subject.data or "",
            body=self.body.data or "",
            language=str(self.language.data),
            way=str(self.way.data or ""),
        )


class DecideForm(LetterForm):
    """How it ends, with reasons and the letter that says so."""

    outcome = RadioField(
        _("How does it end?"),
        **choosing(OUTCOME_NAMES.items(), otherwise=_("Choose how it ends.")),
    )
    reasons = TextAreaField(_("Reasons"), filters=[typed])

    @classmethod
    def of(cls, kind: str, **begun: Any) -> "DecideForm":
        """The form for a request of this kind."""
        form = cls(**begun)
        if kind == m.COMPLAINT:
            form.outcome.choices = choosing(COMPLAINT_OUTCOMES.items(), otherwise="")["choices"]
        return form


class EraseForm(LetterForm):
    """What goes, and that somebody looked twice."""

    words = RadioField(
        _("What about their words?"),
        **choosing(
            (
                ("keep", _("Take their name off what they wrote")),
                ("remove", _("Remove their words, too")),
            ),
            otherwise=_("Choose what happens to their words."),
        ),
        validators=[InputRequired(_("Choose what happens to their words."))],
    )
    looked = BooleanField(
        _("I have looked whose account this is, and that they asked for it"),
        validators=[InputRequired(_("Look once more, then tick this."))],
    )


class NationForm(Form):
    """Whose bank holidays count."""

    nation = SelectField(
        _("The council is in"), **choosing(NATIONS.items(), otherwise=_("Choose a nation."))
    )


class HolidaysForm(Form):
    """A newer list of bank holidays."""

    file = FileField(
        _("File of bank holidays (JSON)"), validators=[FileRequired(_("Choose a file."))]
    )
