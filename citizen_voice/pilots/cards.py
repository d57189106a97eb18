"""A pilot as templates see it: its rows, said in the page's language."""

from datetime import date
from typing import Any

from citizen_voice import clock
from citizen_voice.pilots.models import (
    ADAPT,
    DECIDED,
    EVALUATING,
    HYPOTHESIS,
    PREPARING,
    SCALE,
    STOP,
)
from citizen_voice.pilots.names import CARD_NAMES, OUTCOME_NAMES, STAGE_NAMES
from citizen_voice.pilots.queries import public
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.pilots.told import Change, Measure, Thanks, TriedIdea, Update
from citizen_voice.web.filters import Said, long_date, say
from citizen_voice.words import _


class TrialCard:
    """One of the board: ``trial`` is a ``queries.trials.Trial``, or a row with its columns."""

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
            return str(OUTCOME_NAMES[self.trial.decision])
        return str(STAGE_NAMES[self.trial.stage])

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
            (str(CARD_NAMES[key]), said[key])
            for key in CARD_NAMES
            if key in said and key not in HYPOTHESIS
        ]
        self.hypothesis = [(str(CARD_NAMES[key]), said[key]) for key in HYPOTHESIS if key in said]
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


_DECISION_SAID = {
    SCALE: _("It worked. We are carrying on with it."),
    ADAPT: _("We are changing it, and trying again."),
    STOP: _("We stopped it. Here is what we learned."),
}
