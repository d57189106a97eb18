"""What the choice of news by mail asks."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from citizen_voice.news.models import NEVER, STRAIGHT_AWAY, WEEKLY
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

CHOOSE = _("Choose how you want to hear.")


class ChoiceForm(Form):
    """Straight away, weekly, or never."""

    mail = RadioField(
        _("How should we e-mail you news?"),
        **choosing(
            (
                (STRAIGHT_AWAY, _("Straight away")),
                (WEEKLY, _("Once a week")),
                (NEVER, _("Never")),
            ),
            otherwise=CHOOSE,
        ),
        validators=[InputRequired(CHOOSE)],
    )
