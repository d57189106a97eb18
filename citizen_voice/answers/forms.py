"""An answer to an idea."""

from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf

from citizen_voice.answers.models import VALUES
from citizen_voice.answers.services import NONE
from citizen_voice.web.forms import Form
from citizen_voice.words import _


class AnswerForm(Form):
    """One of four values, and where it was given: on the idea's page or in a list."""

    value = StringField(
        validators=[AnyOf([*VALUES, NONE], message=_("Choose one of the answers."))]
    )
    origin = HiddenField(name="from")
