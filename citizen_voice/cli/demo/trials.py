"""The trials of the demonstration council: each act on its day, one after the other.

What the content says of a trial becomes acts with a day; those of all trials are done in the order
of time, so that numbers, news and journal follow it.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db, write
from citizen_voice.following import services as following
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.working_days import is_working_day
from citizen_voice.pilots import services
from citizen_voice.pilots.models import EVALUATING, RUNNING

Told = dict[str, Any]
MINUTE = timedelta(minutes=1)


def run(told: Told, people: Mapping[str, UUID], staff: Mapping[str, UUID]) -> int:
    """Have every trial of the content happen; gives how many there are.

    ``people`` are residents and ``staff`` colleagues, by their keys in the content.
    """
    made = _Trials(people, staff)
    for trial in told["trials"]:
        made.plan(trial)
    for each in told["followers"]:
        made.followed_by(each["trial"], each["people"])
    with write():
        made.happen()
    return len(told["trials"])


def working_day(days: int) -> date:
    """The first day on which the council works, so many days from now or later."""
    day = clock.today() + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


class _Trials:
    """The acts, and what later ones refer to."""

    def __init__(self, people: Mapping[str, UUID], staff: Mapping[str, UUID]) -> None:
        titles = db.session.execute(select(IdeaListing.title, IdeaListing.idea_id))
        self.ideas = {row.title: row.idea_id for row in titles}
        self.people, self.staff = people, staff
        self.numbers: dict[str, int] = {}
        self.said: dict[str, UUID] = {}
        self.acts: list[tuple[float, Callable[[], None]]] = []

    def on(self, days_ago: float, act: Callable[..., None], *given: Any) -> None:
        """Have something done on a day; of one day, what was said first."""
        self.acts.append((days_ago, partial(act, *given)))

    def happen(self) -> None:
        """Do everything."""
        begun = clock.now() - MINUTE * len(self.acts)
        self.acts.sort(key=lambda each: -each[0])
        for number, (days_ago, act) in enumerate(self.acts):
            with clock.at(begun - timedelta(days=days_ago) + number * MINUTE):
                act()

    def plan(self, trial: Told) -> None:
        """All that happens in a trial."""
        self.on(trial["started"], self._start, trial)
        for key, stage in (("running", RUNNING), ("evaluating", EVALUATING)):
            if key in trial:
                self.on(trial[key], self._move, trial, stage)
        for measure in trial.get("measures", ()):
            if "values" in measure:
                newest = measure["from"] - measure["every"] * (len(measure["values"]) - 1)
                self.on(newest, self._read, trial, measure)
        acts = {
            "updates": self._say,
            "comments": self._comment,
            "changes": self._change,
            "thanks": self._thank,
        }
        for key, act in acts.items():
            for each in trial.get(key, ()):
                self.on(each["days_ago"], act, trial, each)
        for idea in trial["ideas"]:
            if "days_ago" in idea:
                self.on(idea["days_ago"], self._link, trial, idea)
        if "decision" in trial:
            self.on(trial["decision"]["declared"], self._declare, trial)

    def followed_by(self, key: str, people: list[str]) -> None:
        """Have some people follow a trial from yesterday on."""
        for person in people:
            self.on(1, self._follow, key, self.people[person])

    def _start(self, trial: Told) -> None:
        owner = self.staff[trial["owner"]]
        number = services.start(
            {self.ideas[each["idea"]]: _taken(each) for each in trial["ideas"] if _first(each)},
            owner_id=owner,
            ends_on=clock.today() + timedelta(days=trial["lasts"]),
            after_id=self.numbers.get(trial.get("after", "")),
            actor=owner,
            **_words(trial, "title", "place", "known", "team"),
        )
        self.numbers[trial["key"]] = number
        if "deputy" in trial:
            deputy = self.staff[trial["deputy"]]
            services.assign(number, owner_id=owner, deputy_id=deputy, actor=owner)
        if trial.get("shown"):
            services.show_name(number, owner, shown=True)
        if "cards" in trial:
            services.describe(number, actor=owner, **trial["cards"])
        for each in trial.get("measures", ()):
            each["id"] = services.add_measure(
                number,
                better=each["better"],
                baseline=float(each["baseline"]),
                target=float(each["target"]),
                first_on=working_day(each["first_in"]) if "first_in" in each else None,
                actor=owner,
                **_words(each, "name", "unit", "source"),
            )

    def _move(self, trial: Told, stage: str) -> None:
        services.move(self.numbers[trial["key"]], stage, actor=self._owner(trial))

    def _link(self, trial: Told, idea: Told) -> None:
        services.link(
            self.numbers[trial["key"]],
            self.ideas[idea["idea"]],
            actor=self._owner(trial),
            **_words(idea, "taken"),
        )

    def _read(self, trial: Told, measure: Told) -> None:
        values, notes = measure["values"], measure.get("notes", {})
        last = clock.today()
        readings = [
            services.Reading(
                last - timedelta(days=measure["every"] * (len(values) - 1 - number)),
                float(value),
                notes.get(str(number), ""),
            )
            for number, value in enumerate(values)
        ]
        services.add_readings(measure["id"], readings, actor=self._owner(trial))

    def _say(self, trial: Told, told: Told) -> None:
        update = services.Update(
            told["state"],
            told["words_en"],
            told["words_cy"],
            next_on=working_day(told["next_in"]),
        )
        services.say(self.numbers[trial["key"]], update, actor=self._owner(trial))

    def _change(self, trial: Told, told: Told) -> None:
        ends_in = told.get("ends_in")
        services.change_plan(
            self.numbers[trial["key"]],
            told.get("what", "ends_on"),
            ends_on=None if ends_in is None else clock.today() + timedelta(days=ends_in),
            actor=self._owner(trial),
            **_words(told, "why", "now"),
        )

    def _comment(self, trial: Told, told: Told) -> None:
        said = comments.comment_on_pilot(
            self.people[told["author"]], self.numbers[trial["key"]], **_remark(told)
        )
        if "key" in told:
            self.said[told["key"]] = said.id
        for reply in told.get("replies", ()):
            with clock.at(clock.now() + 200 * MINUTE):
                comments.reply(self.people[reply["author"]], said.id, **_remark(reply))

    def _thank(self, trial: Told, told: Told) -> None:
        if "comment" in told:
            comment = self.said[told["comment"]]
        else:
            comment = _remark_of(self.people[told["comment_of"]], self.ideas[told["idea"]])
        services.thank(
            self.numbers[trial["key"]], comment, actor=self._owner(trial), **_words(told, "words")
        )

    def _declare(self, trial: Told) -> None:
        told = trial["decision"]
        decision = services.declare(
            self.numbers[trial["key"]],
            decision=told["decision"],
            evidence={
                each["id"]: (each["evidence_en"], each["evidence_cy"]) for each in trial["measures"]
            },
            next_on=working_day(told["next_in"]),
            actor=self._owner(trial),
            **_words(told, "learned", "next"),
        )
        if "confirmed" in told:
            with clock.at(clock.now() + timedelta(days=told["declared"] - told["confirmed"])):
                services.confirm(decision, actor=self.staff["moderator"])

    def _follow(self, key: str, person: UUID) -> None:
        following.follow(person, pilot_id=self.numbers[key])

    def _owner(self, trial: Told) -> UUID:
        return self.staff[trial["owner"]]


def _first(idea: Told) -> bool:
    """Whether a trial began with it."""
    return "days_ago" not in idea


def _taken(idea: Told) -> tuple[str, str]:
    return idea["taken_en"], idea["taken_cy"]


def _words(told: Told, *names: str) -> dict[str, str]:
    """What is given of some names, in both languages."""
    both = (f"{name}_{code}" for name in names for code in ("en", "cy"))
    return {name: told[name] for name in both if name in told}


def _remark(told: Told) -> Told:
    return {
        "body": told["body"],
        "language": told["lang"],
        "by_council": told.get("by_council", False),
    }


def _remark_of(author: UUID, idea: int) -> UUID:
    """What somebody said about an idea."""
    return db.session.scalars(
        select(Comment.id)
        .join(CommentThread, CommentThread.id == Comment.thread_id)
        .where(CommentThread.idea_id == idea, Comment.author_id == author)
        .order_by(Comment.created_at)
        .limit(1)
    ).one()
