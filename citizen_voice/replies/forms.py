"""What staff write when they reply, or move an idea to another stage."""

import re
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from citizen_voice.errors import Refusal
from citizen_voice.ideas import working_days
from citizen_voice.ideas.services.staging import REASON_LONGEST
from citizen_voice.ideas.text import one_line, says_something, typed
from citizen_voice.replies.cards import OUTCOME_WORDS
from citizen_voice.replies.models import ALREADY, NO, OWE_A_NEXT_STEP, PASSED_ON, WILL_DO
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

STAYS, ADOPT, DECLINE = "stays", "adopt", "decline"
SHORTLIST, REOPEN = "shortlist", "reopen"
ACTS = {
    SHORTLIST: _("Look at it: shortlist"),
    WILL_DO: _("Adopt it: we’ll do it"),
    ALREADY: _("Adopt it: it is there already"),
    NO: _("Decline it"),
    REOPEN: _("Open it again"),
}
"""What the screen of an idea's stage offers."""
DAY = re.compile(r"([0-9]{1,2})[/. ]([0-9]{1,2})[/. ]([0-9]{4})")


def _line(text: str | None) -> str:
    return one_line(text or "")


def day_of(text: str | None) -> date | None:
    """A day as a browser sends it (2026-03-31) or as people write it (31/3/2026).

    ``None`` for nothing; raises ``ValueError`` for what is no day.
    """
    text = (text or "").strip()
    if not text:
        return None
    written = DAY.fullmatch(text)
    if written is None:
        return date.fromisoformat(text)
    day, month, year = (int(part) for part in written.groups())
    return date(year, month, day)


def _reason(label: Any, *, needed: bool) -> TextAreaField:
    first = InputRequired(_("Say in a few words why.")) if needed else Optional()
    return TextAreaField(
        label,
        filters=[typed],
        validators=[
            first,
            Length(max=REASON_LONGEST, message=_("Make this 600 letters or shorter.")),
        ],
    )


class _Promise(Form):
    """A reason in both languages, and the day of the next word."""

    reason_en = _reason(_("Reason, in English"), needed=True)
    reason_cy = _reason(_("Reason, in Welsh"), needed=False)
    next_on = StringField(_("Next word by"), filters=[lambda text: (text or "").strip()])

    def day(self) -> date | None:
        """The day that was chosen, ``None`` for none or for what is no day."""
        try:
            return day_of(self.next_on.data)
        except ValueError:
            return None

    def validate_next_on(self, field: StringField) -> None:
        """A working day to come, where one is owed or was chosen."""
        try:
            day = day_of(field.data)
        except ValueError:
            raise ValidationError(_("Write the day like 31/3/2026.")) from None
        if day is None and self.owes():
            raise ValidationError(_("Say by which day people hear more."))
        if day is not None and self.promises():
            try:
                working_days.promised(day)
            except Refusal as refusal:
                raise ValidationError(str(refusal.words)) from None

    def owes(self) -> bool:
        """Whether what was chosen owes a next word."""
        return False

    def promises(self) -> bool:
        """Whether what was chosen may have a next word."""
        return True


class ReplyForm(_Promise):
    """The council's word on one idea or many."""

    outcome = RadioField(
        _("What does the council say?"),
        **choosing(OUTCOME_WORDS.items(), otherwise=_("Choose what the council says.")),
        validators=[InputRequired(_("Choose what the council says."))],
    )
    passed_to_en = StringField(_("Passed to, in English"), filters=[_line])
    passed_to_cy = StringField(_("Passed to, in Welsh"), filters=[_line])
    team_en = StringField(_("Team, in English"), filters=[_line])
    team_cy = StringField(_("Team, in Welsh"), filters=[_line])
    stage = RadioField(
        _("What becomes of the stage?"),
        default=STAYS,
        **choosing(
            (
                (STAYS, _("It stays as it is")),
                (ADOPT, _("Adopt: happening, without a trial")),
                (DECLINE, _("Decline: not going ahead")),
            ),
            otherwise=_("Choose what becomes of the stage."),
        ),
    )
    seen = HiddenField()

    def owes(self) -> bool:
        """By the outcome."""
        return str(self.outcome.data) in OWE_A_NEXT_STEP

    def promises(self) -> bool:
        """Not what owes none: the day is left out there."""
        return self.owes()

    def validate_passed_to_en(self, field: StringField) -> None:
        """Whose it is, where it is not ours."""
        if self.outcome.data == PASSED_ON and not says_something(field.data or ""):
            raise ValidationError(_("Say who it was passed to."))

    def words(self) -> dict[str, Any]:
        """What ``services.reply`` takes, but for the ideas and who replies."""
        fields = ("reason_cy", "team_en", "team_cy", "passed_to_en", "passed_to_cy")
        return {
            "outcome": str(self.outcome.data),
            "reason_en": str(self.reason_en.data),
            "next_on": self.day(),
            "adopt": self.stage.data == ADOPT,
            "decline": self.stage.data == DECLINE,
            **{name: str(self[name].data or "") for name in fields},
        }


class StageForm(_Promise):
    """Where one idea is moved to, and why."""

    act = RadioField(
        _("What happens with it?"),
        **choosing(ACTS.items(), otherwise=_("Choose what happens with it.")),
        validators=[InputRequired(_("Choose what happens with it."))],
    )

    def owes(self) -> bool:
        """What is to be done has a day."""
        return str(self.act.data) == WILL_DO

    def promises(self) -> bool:
        """What ends the matter has none."""
        return str(self.act.data) in (SHORTLIST, WILL_DO, REOPEN)
