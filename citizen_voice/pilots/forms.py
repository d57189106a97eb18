"""What staff write about a pilot."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired

from citizen_voice.ideas.text import one_line, typed
from citizen_voice.pilots.models import (
    CARDS,
    DPIA_QUESTIONS,
    HYPOTHESIS,
)
from citizen_voice.pilots.names import CARD_NAMES, DECISION_ACTS, DPIA_NAMES, STATE_NAMES
from citizen_voice.pilots.seen import mark
from citizen_voice.web.days import DayField
from citizen_voice.web.forms import Form, choices, choosing
from citizen_voice.words import _

YES, NO = "yes", "no"


def _line(text: str | None) -> str:
    return one_line(text or "")


def line(label: Any, missing: Any = None) -> StringField:
    """A field for words on one line; ``missing`` is said where they are needed."""
    return StringField(label, filters=[_line], validators=_needed(missing))


def words(label: Any, missing: Any = None) -> TextAreaField:
    """A field for words on several lines; ``missing`` is said where they are needed."""
    return TextAreaField(label, filters=[typed], validators=_needed(missing))


def _needed(missing: Any) -> list[Any]:
    """The services refuse what is missing, too: here it is said of all fields at once."""
    return [] if missing is None else [DataRequired(missing)]


class _Said(Form):
    """Fields for words come in pairs: ``<name>_en`` and ``<name>_cy``."""

    def both(self, *names: str) -> dict[str, str]:
        """What was typed, by field, as services take it."""
        fields = [f"{name}_{code}" for name in names for code in ("en", "cy")]
        return {name: str(self[name].data or "") for name in fields}

    @property
    def welsh_is_wrong(self) -> bool:
        """Whether the fold with the Welsh has to be open: something in it is wrong."""
        return any(field.errors for field in self if field.name.endswith("_cy"))


class StartForm(_Said):
    """Five fields start a pilot."""

    title_en = line(_("What do you try?"), _("Say what you try."))
    title_cy = line(_("What do you try? In Welsh"))
    place_en = line(_("Where, and with whom?"), _("Say where, and with whom."))
    place_cy = line(_("Where, and with whom? In Welsh"))
    owner_id = SelectField(
        _("Who owns it?"),
        **choosing(otherwise=_("Choose who owns it.")),
        validators=[InputRequired(_("Choose who owns it."))],
    )
    team_en = line(_("Which team runs it?"), _("Say which team runs it."))
    team_cy = line(_("Which team runs it? In Welsh"))
    ends_on = DayField(_("When does it end?"), validators=_needed(_("Say when it ends.")))
    known_en = words(
        _("How will you know whether it works?"), _("Say how we’ll know whether it works.")
    )
    known_cy = words(_("How will you know whether it works? In Welsh"))

    WORDS = ("title", "place", "team", "known")

    def owner(self) -> UUID:
        """The key of who was chosen, of a form that is valid."""
        return UUID(str(self.owner_id.data))


def choose_person(field: SelectField, people: Iterable[Any], *, none: object) -> None:
    """Offer colleagues by name; ``none`` is said for nobody."""
    nameless = str(_("No name yet"))
    offer = [(str(row.id), row.display_name or nameless) for row in people]
    field.choices = choices([("", none), *offer])


class SayForm(_Said):
    """How it is going."""

    state = RadioField(
        _("State"),
        **choosing(STATE_NAMES.items(), otherwise=_("Choose how it is going.")),
        validators=[InputRequired(_("Choose how it is going."))],
    )
    words_en = words(_("In a sentence"), _("Say it in a sentence."))
    words_cy = words(_("In a sentence, in Welsh"))
    next_on = DayField(
        _("Day of the next word"), validators=_needed(_("Say by which day people hear more."))
    )
    picture = FileField(_("Picture"))
    alt_en = line(_("What is to be seen in it"))
    alt_cy = line(_("What is to be seen in it, in Welsh"))


class WordsForm(_Said):
    """What a pilot says of itself."""

    title_en, title_cy = StartForm.title_en, StartForm.title_cy
    place_en, place_cy = StartForm.place_en, StartForm.place_cy
    team_en, team_cy = StartForm.team_en, StartForm.team_cy
    known_en, known_cy = StartForm.known_en, StartForm.known_cy
    seen = HiddenField()

    @classmethod
    def of(cls, pilot: Any, cards: Mapping[str, Any], sent: Mapping[str, str]) -> Any:
        """The form of a pilot: its cards have a field a language each.

        A part of the hypothesis that was said is not in it: changing it needs a reason. Who has
        ``sent`` words for one that somebody else said meanwhile gets them back.
        """
        fields: dict[str, Field] = {}
        for key in CARDS:
            if key in HYPOTHESIS and key in cards and f"{key}_en" not in sent:
                continue
            for code, further in (("en", ()), ("cy", (" (", _("Welsh"), ")"))):
                fields[f"{key}_{code}"] = words(_Label(CARD_NAMES[key], *further))
        begun = cls.begun(pilot, cards)
        return type("PilotWordsForm", (cls,), fields)(data=begun | {"seen": mark(begun)})

    @staticmethod
    def begun(pilot: Any, cards: Mapping[str, Any]) -> dict[str, str]:
        """What it begins with, and more: every word of a pilot."""
        begun = {}
        for code in ("en", "cy"):
            for name in StartForm.WORDS:
                begun[f"{name}_{code}"] = getattr(pilot, f"{name}_{code}")
            for key in CARDS:
                begun[f"{key}_{code}"] = getattr(cards.get(key), f"words_{code}", "")
        return begun

    def said(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field.name: str(field.data or "") for field in self if field.name != "seen"}


class _Label:
    """A label of two sentences, said when it is shown."""

    def __init__(self, *parts: object) -> None:
        self._parts = parts

    def __str__(self) -> str:
        return "".join(str(part) for part in self._parts)


class PlanForm(_Said):
    """A plan that changes, for everybody to see."""

    what = RadioField(
        _("What changes?"),
        **choosing(otherwise=_("Choose what changes.")),
        validators=[InputRequired(_("Choose what changes."))],
    )
    ends_on = DayField(_("It ends on"))
    now_en = words(_("What it says from now on"))
    now_cy = words(_("What it says from now on, in Welsh"))
    why_en = words(_("Why?"), _("Say in a few words why."))
    why_cy = words(_("Why? In Welsh"))


class PeopleForm(Form):
    """Who is responsible, who deputises, and who hears of a late word."""

    owner_id = SelectField(
        _("Owner"),
        **choosing(otherwise=_("Choose who owns it.")),
        validators=[InputRequired(_("Choose who owns it."))],
    )
    deputy_id = SelectField(_("Deputy"), **choosing(otherwise=_("Choose from the list.")))
    manager_id = SelectField(_("Manager"), **choosing(otherwise=_("Choose from the list.")))


class LinkForm(_Said):
    """Another idea that a pilot tries."""

    idea = StringField(_("Number of the idea"), filters=[_line])
    taken_en = words(_("What you take from it"))
    taken_cy = words(_("What you take from it, in Welsh"))


class DpiaForm(Form):
    """Six questions; the fields are made from ``DPIA_QUESTIONS``."""

    def answers(self) -> dict[str, bool]:
        """Those that were answered."""
        found = {key: self[key].data for key in DPIA_QUESTIONS}
        return {key: value == YES for key, value in found.items() if value in (YES, NO)}


for _question in DPIA_QUESTIONS:
    setattr(
        DpiaForm,
        _question,
        RadioField(
            DPIA_NAMES[_question],
            **choosing(
                ((YES, _("Yes")), (NO, _("No"))),
                otherwise=_("Answer yes or no: %(question)s", question=DPIA_NAMES[_question]),
            ),
            validators=[
                InputRequired(_("Answer yes or no: %(question)s", question=DPIA_NAMES[_question]))
            ],
        ),
    )


class ThanksForm(_Said):
    """A comment, and what changed because of it."""

    comment = RadioField(
        _("Which comment?"),
        **choosing(otherwise=_("Choose a comment.")),
        validators=[InputRequired(_("Choose a comment."))],
    )
    words_en = words(_("What changed?"), _("Say what changed."))
    words_cy = words(_("What changed? In Welsh"))


class NameForm(Form):
    """Whether one's own name is shown."""

    shown = BooleanField(_("Show my name on the public page"))


class DecideForm(_Said):
    """The decision; the fields of the evidence are made from the measures."""

    learned_en = words(_("What was learned?"), _("Say what was learned."))
    learned_cy = words(_("What was learned? In Welsh"))
    decision = RadioField(
        _("What do you decide?"),
        **choosing(DECISION_ACTS.items(), otherwise=_("Choose: scale, adapt or stop.")),
        validators=[InputRequired(_("Choose: scale, adapt or stop."))],
    )
    next_en = words(_("What happens next?"), _("Say what happens next."))
    next_cy = words(_("What happens next? In Welsh"))
    next_on = DayField(_("By when?"))

    @classmethod
    def of(cls, measures: Iterable[Any], **begun: Any) -> Any:
        """The form with two fields for each measure."""
        fields: dict[str, Any] = {}
        for row in measures:
            fields[f"evidence_{row.id}_en"] = words(
                _("What do the figures show?"), _("Say what the figures show.")
            )
            fields[f"evidence_{row.id}_cy"] = words(_("What do the figures show? In Welsh"))
        for place, field in enumerate(fields.values()):
            field.creation_counter = place - len(fields)  # as on the page: before all others
        return type("PilotDecideForm", (cls,), fields)(data=begun)

    def evidence(self, measures: Iterable[Any]) -> dict[int, tuple[str, str]]:
        """What was said of each measure."""
        return {
            row.id: (
                str(self[f"evidence_{row.id}_en"].data or ""),
                str(self[f"evidence_{row.id}_cy"].data or ""),
            )
            for row in measures
        }


class SendBackForm(Form):
    """Why a decision is not confirmed."""

    why = words(_("Why do you send it back?"), _("Say in a few words why."))
