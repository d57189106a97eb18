"""What the mail's form asks for."""

from wtforms import StringField

from citizen_voice.web.forms import Form
from citizen_voice.words import _


class LimitForm(Form):
    """How many letters leave in a minute."""

    per_minute = StringField(_("Letters in a minute"))
