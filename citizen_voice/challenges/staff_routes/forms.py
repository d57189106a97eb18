"""What an administrator writes about a challenge."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from citizen_voice.challenges import policies, seen
from citizen_voice.challenges.models import (
    AFTERWARDS,
    BEFORE,
    LONGEST,
    NEWCOMERS,
    OPINION,
    SLUG_LONGEST,
    SUPPORT,
    TOPIC_LONGEST,
)
from citizen_voice.challenges.services.acts import ChangedMeanwhile
from citizen_voice.ideas.text import one_line, typed
from citizen_voice.web.days import DayField
from citizen_voice.web.filters import long_date
from citizen_voice.web.forms import Form, choosing
from citizen_voice.words import _

LINES = ("question", "reply_team")
"""Words that stand in one line."""
BALLOTS = (
    (OPINION, _("Support, not for me, or skip")),
    (SUPPORT, _("Support alone")),
)
MODERATIONS = (
    (AFTERWARDS, _("Afterwards")),
    (NEWCOMERS, _("Newcomers first")),
    (BEFORE, _("Everything first")),
)


def _line(text: str | None) -> str:
    return one_line(text or "")


def _words(name: str, code: str, *further: Callable[..., None]) -> Field:
    longest = LONGEST[name]
    too_long = _("Make this %(number)s letters or shorter.", number=f"{longest:,}")
    kind, clean = (StringField, _line) if name in LINES else (TextAreaField, typed)
    label = _("English") if code == "en" else _("Welsh")
    checks = [*further, Length(max=longest, message=too_long)]
    return kind(label, filters=[clean], validators=checks)


class DaysForm(Form):
    """The first and the last day."""

    opens_on = DayField(_("First day"), validators=[InputRequired(_("Give the first day."))])
    closes_on = DayField(_("Last day"), validators=[InputRequired(_("Give the last day."))])
    agreed = HiddenField()
    """The days to which the page has said what they do."""

    def days(self) -> tuple[date, date]:
        """First and last, of a form that is valid."""
        opens_on, closes_on = self.opens_on.day, self.closes_on.day
        if opens_on is None or closes_on is None:
            raise ValueError
        return opens_on, closes_on

    @property
    def chosen(self) -> str:
        """The days as ``agreed`` has them."""
        return f"{self.opens_on.day} {self.closes_on.day}"


class ChallengeForm(Form):
    """Everything about a challenge but its topics."""

    question_en = _words("question", "en", InputRequired(_("Write the question.")))
    question_cy = _words("question", "cy")
    slug = StringField(
        _("Address"),
        filters=[_line],
        validators=[
            Length(
                max=SLUG_LONGEST,
                message=_("Use small letters, numbers and hyphens, like safer-streets."),
            )
        ],
    )
    background_en, background_cy = _words("background", "en"), _words("background", "cy")
    sponsor_en, sponsor_cy = _words("sponsor", "en"), _words("sponsor", "cy")
    decides_en, decides_cy = _words("decides", "en"), _words("decides", "cy")
    money_en, money_cy = _words("money", "en"), _words("money", "cy")
    fixed_en, fixed_cy = _words("fixed", "en"), _words("fixed", "cy")
    promise_en, promise_cy = _words("promise", "en"), _words("promise", "cy")
    reply_team_en, reply_team_cy = _words("reply_team", "en"), _words("reply_team", "cy")
    replies_by = DayField(_("Replies by"))
    opens_on = DayField(_("First day"), validators=[InputRequired(_("Give the first day."))])
    closes_on = DayField(_("Last day"), validators=[InputRequired(_("Give the last day."))])
    ballot = RadioField(
        _("How people answer"),
        **choosing(BALLOTS, otherwise=_("Choose how people answer.")),
        validators=[InputRequired(_("Choose how people answer."))],
    )
    moderation = RadioField(
        _("When moderators look"),
        **choosing(MODERATIONS, otherwise=_("Choose when moderators look.")),
        validators=[InputRequired(_("Choose when moderators look."))],
    )
    seen = HiddenField()
    complete = False
    """Whether the promise has to be whole: of what is public, or is about to be."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Look at everything at once."""
        valid: bool = super().validate(extra_validators)
        if not self.complete:
            return valid
        names = [f"{name}_en" for name in policies.WANTED]
        missing = [name for name in names if not self[name].data]
        self.say_missing(missing)
        return valid and not missing

    def prune(self, *, welsh: bool, published: bool) -> None:
        """Leave out Welsh where the site has none, and the days of what is public.

        Those have a page of their own, which says what thaws and freezes.
        """
        for name in [name for name in self._fields if name.endswith("_cy") and not welsh]:
            del self[name]
        if published:
            del self.opens_on
            del self.closes_on

    def values(self) -> dict[str, Any]:
        """What stands in it, column by column; a day that is none is ``None``."""
        return {
            field.name: field.day if isinstance(field, DayField) else field.data
            for field in self
            if field.name in seen.EDITED
        }

    def say_missing(self, fields: Iterable[str]) -> None:
        """Say at each of these fields that the promise needs it."""
        for name in fields:
            self._add_error(name, policies.WANTED[name.removesuffix("_en")])

    def catch_up(self, changed: ChangedMeanwhile) -> None:
        """Take over what somebody else changed, but where these words are others than were seen.

        There both stand: theirs at the field.
        """
        before = seen.of_columns(self.seen.data or "")
        self.seen.data = changed.mark
        for name, now in changed.now.items():
            if name not in self:
                continue
            field: Any = self[name]
            mine = field.day if isinstance(field, DayField) else field.data
            if seen.of_value(mine) == before[name]:
                field.process_data(now)
            elif seen.of_value(mine) != seen.of_value(now):
                self._add_error(
                    name, _("Somebody else wrote here: %(said)s", said=_said(name, now))
                )
        self.form_errors.append(
            _("Somebody else changed this challenge meanwhile. Look at it, then save again.")
        )

    def _add_error(self, name: str, words: object) -> None:
        field: Any = self[name]
        field.errors = [*field.errors, words]


def _said(name: str, value: Any) -> str:
    """A value in words."""
    words = {"ballot": dict(BALLOTS), "moderation": dict(MODERATIONS)}.get(name)
    if words is not None:
        return str(words.get(value, value))
    if name.endswith(("_on", "_by")):
        return long_date(value) if value is not None else str(_("no day"))
    return str(value) or str(_("nothing"))


class CancelForm(Form):
    """Why a challenge ends."""

    why_en = _words("cancelled_why", "en", InputRequired(_("Say why. Everybody reads this first.")))
    why_cy = _words("cancelled_why", "cy")


def beginning() -> dict[str, Any]:
    """What a new challenge's form has in it at first."""
    return {"ballot": OPINION, "moderation": AFTERWARDS, "opens_on": None, "closes_on": None}


def topics_form(rows: Sequence[Any], *, welsh: bool) -> Any:
    """A form with a field a topic and language, and fields for a new one; its values typed."""
    codes = ("en", "cy") if welsh else ("en",)
    labels = {"en": _("English"), "cy": _("Welsh")}
    long = _("Make this 60 letters or shorter.")

    def name_field(code: str) -> Any:
        return StringField(
            labels[code],
            filters=[_line],
            validators=[Length(max=TOPIC_LONGEST, message=long)],
        )

    keys = [*(row.id for row in rows), "new"]
    fields: dict[str, Any] = {f"{code}_{key}": name_field(code) for key in keys for code in codes}
    fields["seen"] = HiddenField()
    stored = {f"{code}_{row.id}": getattr(row, f"name_{code}") for row in rows for code in codes}
    return type("TopicsForm", (Form,), fields)(data=stored)
