"""What the screens of the newsletter ask for."""

from wtforms import HiddenField, StringField, TextAreaField

from citizen_voice.consent.services.newsletters import Words
from citizen_voice.web.forms import Form, typed
from citizen_voice.words import _


class NewsletterForm(Form):
    """The words of a newsletter. ``seen`` is the mark of what the writer began from."""

    subject_en = StringField(_("Subject in English"))
    subject_cy = StringField(_("Subject in Welsh"))
    text_en = TextAreaField(_("Words in English"))
    text_cy = TextAreaField(_("Words in Welsh"))
    seen = HiddenField()

    def words(self) -> Words:
        """What was typed."""
        return Words(
            *(typed(self[name].data) for name in ("subject_en", "subject_cy", "text_en", "text_cy"))
        )


class SeenForm(Form):
    """A button below what somebody has looked at."""

    seen = HiddenField()
