"""What is filled in to join two ideas."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from citizen_voice.ideas.models import REASON_LONGEST
from citizen_voice.ideas.text import typed
from citizen_voice.web.forms import Form
from citizen_voice.words import _


class MergeForm(Form):
    """Which idea becomes part of which, and why."""

    source = HiddenField()
    into = HiddenField()
    reason = TextAreaField(
        _("Why do they belong together?"),
        filters=[typed],
        validators=[
            InputRequired(_("Say why they belong together.")),
            Length(max=REASON_LONGEST, message=_("Make this 300 letters or shorter.")),
        ],
    )
