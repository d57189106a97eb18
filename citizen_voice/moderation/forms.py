"""What people write about decisions."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from citizen_voice.ideas.text import typed
from citizen_voice.moderation.models import STANDS, UPHELD
from citizen_voice.moderation.services.appealing import WORDS_LONGEST
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _


class AppealForm(Form):
    """Why somebody else should look again."""

    words = TextAreaField(
        _("Why should somebody else look again?"),
        filters=[typed],
        validators=[
            InputRequired(_("Say in a few words why we should look again.")),
            Length(max=WORDS_LONGEST, message=_("Make this 1,500 letters or shorter.")),
        ],
    )


class LookedForm(Form):
    """What somebody else found."""

    outcome = RadioField(
        _("What do you find?"),
        **choosing(
            (
                (UPHELD, _("It was wrong: undo it wholly")),
                (STANDS, _("It was right: it stands")),
            ),
            otherwise=_("Choose one of the two."),
        ),
        validators=[InputRequired(_("Choose one of the two."))],
    )
    reason = TextAreaField(
        _("Your answer to them"),
        filters=[typed],
        validators=[
            InputRequired(_("Write to them why.")),
            Length(max=WORDS_LONGEST, message=_("Make this 1,500 letters or shorter.")),
        ],
    )
