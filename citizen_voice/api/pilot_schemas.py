"""What the API says of pilots (residents call them trials), and of what changed."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from citizen_voice.api.schemas import (
    API,
    LANGUAGE,
    PAGE,
    REF,
    TRIAL_REF,
    Language,
    Model,
    Words,
    told,
)
from citizen_voice.words import _

Decision = Literal["scale", "adapt", "stop"]


class PilotInList(Model):
    """A trial as the board shows it."""

    ref: str = TRIAL_REF
    title: Words
    team: Words
    stage: Literal["preparing", "running", "evaluating", "decided"] = Field(examples=["running"])
    decision: Decision | None = told(_("What was decided; null until then."))
    stage_words: str = Field(examples=["Running"])
    learned: Words | None = told(_("What was learned, once it was decided."))
    ends_on: date = told(_("The last day."), examples=["2026-09-30"])
    next_on: date | None = told(_("The day of the next word."), examples=["2026-06-30"])
    api: str = API
    page: str = PAGE


class Measure(Model):
    """What is measured."""

    id: int = Field(examples=[1])
    name: Words
    unit: Words | None
    source: Words | None
    better: Literal["more", "less"] = Field(examples=["more"])
    baseline: float | None = Field(examples=[12.0])
    target: float | None = Field(examples=[20.0])
    first_on: date | None = told(_("The day of the first figures."), examples=["2026-05-01"])
    evidence: Words | None = told(_("What the figures show, once it was decided."))


class Update(Model):
    """How it was going at a time."""

    state: str = Field(examples=["on-track"])
    state_words: str = Field(examples=["On track"])
    words: Words
    written_at: datetime = Field(examples=["2026-04-02T10:00:00Z"])


class TriedIdea(Model):
    """An idea that it comes from; without reference and title while the idea is not shown."""

    ref: str | None = REF
    title: str | None = Field(examples=["A bench by the library"])
    language: Language | None = LANGUAGE
    taken: Words | None = told(_("What the trial took from it."))


class NextStep(Model):
    """What happens after the decision."""

    words: Words
    on: date | None = Field(examples=["2026-12-01"])


class Pilot(PilotInList):
    """One trial, with its measures and updates."""

    place: Words = told(_("Where, and with whom."))
    known: Words = told(_("How it will be known whether it works."))
    began_at: datetime = Field(examples=["2026-04-01T09:00:00Z"])
    decided_at: datetime | None = Field(examples=["2026-10-15T11:00:00Z"])
    happens: NextStep | None
    measures: list[Measure]
    updates: list[Update] = told(_("The newest first."))
    ideas: list[TriedIdea]
    readings: str = told(
        _("Where everything is that was measured."),
        examples=["https://voice.example.gov.uk/api/v1/pilots/CVT-12/readings"],
    )


class PilotList(Model):
    """Every trial, the newest first; those that stopped, too."""

    pilots: list[PilotInList]


class Reading(Model):
    """A figure of one day."""

    measure: int = told(_("The number of the measure."), examples=[1])
    day: date = Field(examples=["2026-05-01"])
    value: float = Field(examples=[14.5])
    note: str | None


class ReadingPage(Model):
    """Some of what was measured, and where the list goes on."""

    readings: list[Reading]
    next: str | None = Field(examples=[None])


class Change(Model):
    """Something that changed."""

    kind: Literal["started", "decided", "adopted", "thanked"] = Field(examples=["adopted"])
    day: date = Field(examples=["2026-05-01"])
    ref: str = told(_("The idea or the trial."), examples=["CV-1042"])
    title: str | None = Field(examples=["A bench by the library"])
    language: Language = LANGUAGE
    decision: Decision | None = told(_("What was decided; null until then."))
    words: str | None = told(
        _("What was learned, or what changed because of a comment."), examples=[None]
    )
    page: str = PAGE


class LatestReply(Model):
    """A reply of the council, to this idea and perhaps to others."""

    ref: str = REF
    title: str | None = Field(examples=["A bench by the library"])
    language: Language = LANGUAGE
    outcome: str = Field(examples=["will-do"])
    outcome_words: str = Field(examples=["We’ll do it."])
    reason: Words
    day: date = Field(examples=["2026-05-01"])
    page: str = PAGE


class Changes(Model):
    """What changed, the newest first, and how many replies came in time."""

    replies: int = told(_("How many ideas have a reply."), examples=[96])
    on_time_percent: int | None = told(
        _("How many of a hundred came by the promised day; null for too few to say."),
        examples=[91],
    )
    late: int = told(_("How many replies are late now."), examples=[2])
    latest_replies: list[LatestReply] = told(_("The latest twenty, the newest first."))
    changes: list[Change]


class Problem(Model):
    """What went wrong (RFC 9457)."""

    type: str = told(
        _("Where it is explained."),
        examples=["https://voice.example.gov.uk/api/v1/docs#problem-404"],
    )
    title: str = Field(examples=["We can't find that page"])
    status: int = Field(examples=[404])
    detail: str = told(
        _("What happened, and what to do."),
        examples=["It may have been moved, or the address may have a letter too many or too few."],
    )
    reference: str = told(_("Leads to the log; on our own mistakes alone."), default="")
