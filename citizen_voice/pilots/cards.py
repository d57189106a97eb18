"""A pilot as templates see it: its rows, said in the page's language."""

from datetime import date
from typing import Any

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.pilots import charts
from citizen_voice.pilots.models import (
    ADAPT,
    CHANGED,
    DECIDED,
    EVALUATING,
    HYPOTHESIS,
    ON_TRACK,
    PREPARING,
    RUNNING,
    SCALE,
    STOP,
    STUCK,
)
from citizen_voice.pilots.queries import public
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.pilots.services.planning import ENDS_ON
from citizen_voice.web.filters import Said, long_date, reference, say
from citizen_voice.words import _, language

STAGE_WORDS = {
    PREPARING: _("Getting ready"),
    RUNNING: _("Running"),
    EVALUATING: _("Looking at what it shows"),
    DECIDED: _("Decided"),
}
OUTCOME_WORDS = {
    SCALE: _("It worked, so it goes on"),
    ADAPT: _("Changed, and tried again"),
    STOP: _("Stopped, and what we learned"),
}
STATE_WORDS = {
    ON_TRACK: _("On track"),
    CHANGED: _("Something changed"),
    STUCK: _("Stuck just now"),
}
CARD_WORDS = {
    "problem": _("The problem"),
    "that": _("We believe that"),
    "who": _("For whom"),
    "will": _("What it will do"),
    "when": _("We will know when"),
    "costs": _("What it costs"),
    "risks": _("What could go wrong"),
    "partners": _("Who helps"),
    ENDS_ON: _("The last day"),
    "target": _("The target"),
}
SHOWN_ROWS = 200
"""So many readings stand in a page's table, the newest; the file has all."""


class TrialCard:
    """One of the board: ``trial`` is a ``queries.public.Trial``, or a row with its columns."""

    __slots__ = ("trial",)

    def __init__(self, trial: Any) -> None:
        self.trial = trial

    @property
    def ref(self) -> str:
        """Its number as people cite it."""
        return pilot_ref(self.trial.id)

    @property
    def title(self) -> Said:
        """What is tried."""
        return say(self.trial, "title")

    @property
    def team(self) -> Said:
        """Who runs it."""
        return say(self.trial, "team")

    @property
    def stage(self) -> str:
        """As the database says it."""
        return str(self.trial.stage)

    @property
    def kind(self) -> str:
        """The stage, or the decision once there is one: what a tag is coloured by."""
        return str(self.trial.decision or self.trial.stage)

    @property
    def words(self) -> str:
        """The stage for a resident, or what was decided."""
        if self.trial.decision is not None:
            return str(OUTCOME_WORDS[self.trial.decision])
        return str(STAGE_WORDS[self.trial.stage])

    @property
    def learned(self) -> Said:
        """What was learned, once it was decided."""
        return say(self.trial, "learned")

    @property
    def staged_at(self) -> Any:
        """When it came to its stage."""
        return self.trial.staged_at

    @property
    def ends_on(self) -> date:
        """Its last day."""
        day: date = self.trial.ends_on
        return day

    @property
    def next_on(self) -> date | None:
        """The day of the next word; none once it was decided."""
        return None if self.trial.stage == DECIDED else self.trial.next_on

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        return self.next_on is not None and self.next_on < clock.today()


class Measure:
    """What is measured: a row of kind ``measure`` and its readings."""

    def __init__(self, row: Any, readings: Any, evidence: Said | None = None) -> None:
        self.id = row.id
        self.more_is_better = row.key == "more"
        self.name, self.unit, self.source = say(row, "a"), say(row, "b"), say(row, "c")
        self.baseline, self.target = row.one, row.two
        self.first_on: date | None = row.on
        self.readings = list(readings)
        self.evidence = evidence

    @property
    def first_is_late(self) -> bool:
        """Whether the day of the first figures is over, and there are none."""
        return self.first_on is not None and self.first_on < clock.today()

    @property
    def newest(self) -> Any:
        """The newest reading."""
        return self.readings[-1]

    def said(self, value: float) -> str:
        """A value with its unit."""
        return charts.with_unit(value, self.unit.text)

    @property
    def newest_reaches(self) -> bool:
        """Whether the newest reading is as good as the target, or better."""
        value = self.newest.value
        return bool(value >= self.target if self.more_is_better else value <= self.target)

    @property
    def rows(self) -> list[Any]:
        """The readings of the table, the newest first."""
        return self.readings[: -SHOWN_ROWS - 1 : -1]

    @property
    def chart(self) -> Markup:
        """The picture."""
        return charts.svg(
            charts.Series(
                f"m{self.id}",
                self.name,
                self.unit,
                [(row.day, row.value) for row in self.readings],
                self.baseline,
                self.target,
            )
        )


class Update:
    """How it was going at a time."""

    def __init__(self, row: Any) -> None:
        self.id, self.state, self.at = row.id, row.key, row.at
        self.state_words = str(STATE_WORDS[row.key])
        self.words, self.alt = say(row, "a"), say(row, "b")
        self.picture = row.further
        self.width, self.height = int(row.one or 0), int(row.two or 0)


class Thanks:
    """What changed because of a comment. ``body`` is ``None`` where nobody reads it any more."""

    def __init__(self, row: Any) -> None:
        self.at, self.words = row.at, say(row, "a")
        self.comment_id, self.body, self.lang = row.about, row.b_en, row.further
        self.name = row.c_en


class TriedIdea:
    """An idea that it comes from. ``title`` is ``None`` where the idea is not shown now."""

    def __init__(self, row: Any) -> None:
        self.ref, self.title, self.lang = reference(row.id), row.b_en, row.further
        self.taken = say(row, "a")


class Change:
    """A part of the plan that changed."""

    def __init__(self, row: Any, measures: dict[int, Measure]) -> None:
        self.at, self.why = row.at, say(row, "c")
        self.what = str(CARD_WORDS[row.key])
        measure = measures.get(row.id)
        self.measure = None if measure is None else measure.name
        self.was, self.now = (self._said(row, name, measure) for name in "ab")

    @staticmethod
    def _said(row: Any, name: str, measure: Measure | None) -> Said:
        words = say(row, name)
        if row.key == ENDS_ON:
            return Said(long_date(date.fromisoformat(words.text)), None)
        if row.key == "target":
            if not words.text:
                return Said(str(_("none")), None)
            value = float(words.text)
            return Said(charts.decimal(value) if measure is None else measure.said(value), None)
        return words


class PilotPage(TrialCard):
    """The page of a pilot."""

    __slots__ = (
        "cards",
        "changes",
        "decided_on",
        "happens",
        "happens_on",
        "hypothesis",
        "ideas",
        "measures",
        "successors",
        "thanks",
        "updates",
    )

    def __init__(self, whole: public.Whole) -> None:
        super().__init__(whole.pilot)
        parts = whole.parts
        evidence = {row.id: say(row, "a") for row in parts.get(public.EVIDENCE, ())}
        self.measures = [
            Measure(row, whole.readings.get(row.id, ()), evidence.get(row.id))
            for row in sorted(parts.get(public.MEASURE, ()), key=lambda row: row.id)
        ]
        by_id = {measure.id: measure for measure in self.measures}
        said = {row.key: say(row, "a") for row in parts.get(public.CARD, ())}
        self.cards = [
            (str(CARD_WORDS[key]), said[key])
            for key in CARD_WORDS
            if key in said and key not in HYPOTHESIS
        ]
        self.hypothesis = [(str(CARD_WORDS[key]), said[key]) for key in HYPOTHESIS if key in said]
        self.changes = [
            Change(row, by_id)
            for row in sorted(parts.get(public.CHANGE, ()), key=lambda row: row.at, reverse=True)
        ]
        self.updates = [
            Update(row)
            for row in sorted(parts.get(public.UPDATE, ()), key=lambda row: row.id, reverse=True)
        ]
        self.thanks = [
            Thanks(row)
            for row in sorted(parts.get(public.THANKS, ()), key=lambda row: row.id, reverse=True)
        ]
        self.ideas = [
            TriedIdea(row) for row in sorted(parts.get(public.IDEA, ()), key=lambda row: row.id)
        ]
        self.successors = [
            (pilot_ref(row.id), say(row, "a")) for row in parts.get(public.SUCCESSOR, ())
        ]
        self.happens, self.happens_on = say(whole.pilot, "happens"), whole.pilot.happens_on
        self.decided_on = whole.pilot.confirmed_at

    @property
    def place(self) -> Said:
        """Where, and with whom."""
        return say(self.trial, "place")

    @property
    def known(self) -> Said:
        """How it will be known whether it works."""
        return say(self.trial, "known")

    @property
    def began(self) -> Any:
        """When it was started."""
        return self.trial.created_at

    @property
    def before(self) -> tuple[str, Said] | None:
        """The trial that it carries on."""
        if self.trial.after_id is None:
            return None
        return pilot_ref(self.trial.after_id), say(self.trial, "before")

    @property
    def owner(self) -> str | None:
        """Who is responsible, by their own choice."""
        name: str | None = self.trial.owner
        return name

    @property
    def deputy(self) -> str | None:
        """Who deputises, by their own choice."""
        name: str | None = self.trial.deputy
        return name

    @property
    def seeks_owner(self) -> bool:
        """Whether nobody is responsible."""
        return self.trial.owner_id is None and self.stage != DECIDED

    @property
    def status(self) -> str:
        """Where it stands, in a sentence."""
        if self.trial.decision is not None:
            return str(_DECISION_SAID[self.trial.decision])
        if self.stage == PREPARING:
            return str(_("We are getting this trial ready."))
        if self.stage == EVALUATING:
            return str(_("The trial has run. We are looking at what it shows."))
        if self.ends_on < clock.today():
            return str(_("This trial is running. It was to end on %(day)s.", day=self._end))
        return str(_("This trial is running until %(day)s.", day=self._end))

    @property
    def _end(self) -> str:
        return long_date(self.ends_on)

    @property
    def lang(self) -> str:
        """The language of the page."""
        return language()


_DECISION_SAID = {
    SCALE: _("It worked. We are carrying on with it."),
    ADAPT: _("We are changing it, and trying again."),
    STOP: _("We stopped it. Here is what we learned."),
}
