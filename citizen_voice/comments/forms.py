"""What somebody writes when they comment, reply, or edit what they said."""

from dataclasses import dataclass, field
from typing import Any

from flask_login import current_user
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from citizen_voice.accounts.forms import YOUNG_NAME, first_name
from citizen_voice.comments.services.writing import checked
from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import typed
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import LANGUAGES, _, language

ANY_NAME = _("For example: Resident. It need not be your real name.")


class CommentForm(Form):
    """The words and their language."""

    comment = TextAreaField(_("Your comment"), filters=[typed])
    lang = RadioField(
        _("Which language did you write in?"),
        **choosing(LANGUAGES.items(), otherwise=_("Choose the language you wrote in.")),
        validators=[InputRequired(_("Choose the language you wrote in."))],
    )
    confirm = BooleanField(_("Publish it anyway"))

    def validate_comment(self, comment: TextAreaField) -> None:
        """None, or too many."""
        try:
            checked(comment.data or "")
        except Refusal as refusal:
            raise ValidationError(refusal.words) from None  # type: ignore[arg-type]  # lazy


class FirstCommentForm(CommentForm):
    """The same with a name, the first time."""

    name = first_name()


@dataclass(slots=True)
class Box:
    """The form as templates see it: where it goes, and what was typed.

    Made without WTForms where it is empty, since every idea's page has one.
    ``key`` begins the ids of its fields, ``draft`` names what a browser keeps of it. A ``name`` of
    ``None`` is not asked for.
    """

    action: str
    key: str
    draft: str
    words: str = ""
    lang: str = ""
    name: str | None = None
    open: bool = True
    warning: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def name_hint(self) -> str:
        """What is said at the field for a name."""
        young = current_user.is_authenticated and current_user.is_young
        return str(YOUNG_NAME if young else ANY_NAME)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages to choose from: code, own name."""
        return list(LANGUAGES.items())

    def __post_init__(self) -> None:
        self.lang = self.lang or language()

    def fill(
        self, form: CommentForm, *, open_: bool = True, warning: list[str] | None = None
    ) -> None:
        """Put in what was typed, and what is wrong with it. Not ``open_``: to be copied alone."""
        self.words = form.comment.data or ""
        self.lang = form.lang.data or language()
        if "name" in form:
            self.name = form.name.data or ""
        self.open = open_
        self.warning = warning or []
        fields: Any = form
        self.errors = {each.name: str(each.errors[0]) for each in fields if each.errors}
        if form.form_errors:
            self.errors["form"] = str(form.form_errors[0])
        for each in fields:
            each.id = f"{self.key}-{each.name}"
