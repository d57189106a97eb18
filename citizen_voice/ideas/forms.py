"""What somebody writes when they suggest or edit an idea."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from citizen_voice.accounts.forms import first_name
from citizen_voice.accounts.names import hides
from citizen_voice.ideas.history import OTHER, WITHDRAWAL_REASONS
from citizen_voice.ideas.models import BODY_LONGEST, REASON_LONGEST, TITLE_LONGEST, TITLE_SHORTEST
from citizen_voice.ideas.text import says_something, typed
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import LANGUAGES, _


class EditForm(Form):
    """The words and the place."""

    title = StringField(
        _("What should change?"),
        filters=[typed],
        validators=[
            InputRequired(_("Say in one sentence what should change.")),
            Length(max=TITLE_LONGEST, message=_("Make the title 80 letters or shorter.")),
        ],
    )
    body = TextAreaField(
        _("Why, and who would it help?"),
        filters=[typed],
        validators=[
            Length(max=BODY_LONGEST, message=_("Make this 1,500 letters or shorter.")),
        ],
    )
    place = SelectField(
        _("Where?"), default="", **choosing(otherwise=_("Choose a place from the list."))
    )
    topic = SelectField(
        _("What is it about?"), default="", **choosing(otherwise=_("Choose a topic from the list."))
    )
    lang = RadioField(
        _("Which language did you write in?"),
        **choosing(LANGUAGES.items(), otherwise=_("Choose the language you wrote in.")),
        validators=[InputRequired(_("Choose the language you wrote in."))],
    )
    confirm = BooleanField(_("Publish it anyway"))

    def validate_title(self, field: StringField) -> None:
        """A title of spaces, or of what cannot be seen, says nothing."""
        title = field.data or ""
        seen = any(letter.isalnum() and not hides(letter) for letter in title)
        if len(title) < TITLE_SHORTEST or not seen:
            raise ValidationError(_("Write a few words more."))


class NewForm(EditForm):
    """The same, with the challenge and, the first time, a name."""

    challenge = RadioField(
        _("Which question is it about?"),
        validate_choice=False,  # it may have closed meanwhile: the service says so
        validators=[InputRequired(_("Choose the question that your idea is about."))],
    )
    name = first_name()


class WithdrawForm(Form):
    """Why an author takes their idea back."""

    why = RadioField(
        _("Why do you take it back?"),
        **choosing(WITHDRAWAL_REASONS.items(), otherwise=_("Choose a reason.")),
        validators=[InputRequired(_("Choose a reason."))],
    )
    words = TextAreaField(
        _("In your own words"),
        filters=[typed],
        validators=[
            Length(max=REASON_LONGEST, message=_("Make this 300 letters or shorter.")),
        ],
    )

    confirm = BooleanField(_("Publish it anyway"))

    def validate_words(self, field: TextAreaField) -> None:
        """Something else is nothing without words."""
        if self.why.data == OTHER and not says_something(field.data or ""):
            raise ValidationError(_("Say in a few words why."))
