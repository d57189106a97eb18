"""Widgets of each kind about one small place, and what a frame says."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from citizen_voice import clock
from citizen_voice.answers import services as answers
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.pilots import services as pilots
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, owner_of, said, shortlisted
from tests.factories.replies import reply

HOST = "www.example.gov.uk"
SITE = f"https://{HOST}"
GONE = "Nothing to show here now"
MOST_STATEMENTS = 3
KINDS = ("idea", "top", "challenge", "pilot", "changes")


@dataclass(frozen=True, slots=True)
class Scene:
    """A challenge with ideas, one replied to, and a trial with a measure and an update."""

    challenge: Challenge
    idea: int
    pilot: int
    reply: int
    widgets: dict[str, int]

    def path(self, kind: str) -> str:
        """The address of a frame without a widget of its own."""
        slug = self.challenge.slug
        return {
            "idea": f"/widgets/idea/CV-{self.idea}",
            "top": f"/widgets/top/{slug}",
            "challenge": f"/widgets/challenge/{slug}",
            "pilot": f"/widgets/pilot/CVT-{self.pilot}",
            "changes": "/widgets/changes",
        }[kind]

    def own(self, kind: str) -> str:
        """The address of a widget."""
        return f"/widgets/{self.widgets[kind]}"


def scene() -> Scene:
    """Make it, with a widget of each kind."""
    asked = challenge()
    first = idea(asked, title="Trees on Castle Street", body="Shade for **all** of us.")
    support(first, 2)
    shortlist = shortlisted([idea(asked)])
    told = reply(first, reason_en="The pavement is too narrow.")
    trial = a_pilot(*shortlist)
    said(trial)
    about: dict[str, dict[str, Any]] = {
        "idea": {"idea_id": first},
        "top": {"challenge_id": asked.id},
        "challenge": {"challenge_id": asked.id},
        "pilot": {"pilot_id": trial},
        "changes": {},
    }
    made = {kind: widget(kind, **about[kind]) for kind in KINDS}
    return Scene(asked, first, trial, told, made)


def widget(kind: str, *, sites: tuple[str, ...] = (SITE,), **values: Any) -> int:
    """The number of a widget."""
    with write():
        wanted = Wanted(**({"name": f"About {kind}", "kind": kind} | values))
        return services.make(wanted, sites, actor=None)


def measured(pilot: int, *readings: float, name: str = "Minutes on the bench") -> None:
    """Have a trial measure something; the readings are of the last days."""
    owner = owner_of(pilot)
    with write():
        measure = pilots.add_measure(
            pilot,
            better="more",
            baseline=4.0,
            target=10.0,
            name_en=name,
            unit_en="minutes",
            actor=owner,
        )
        days = (clock.today() - timedelta(days=ago) for ago in range(len(readings), 0, -1))
        rows = [pilots.Reading(day, value) for day, value in zip(days, readings, strict=True)]
        if rows:
            pilots.add_readings(measure, rows, actor=owner)


def allowed(*sites: str) -> None:
    """Who may show frames without a widget of their own."""
    with write():
        services.settle_sites(None, sites, actor=None)


def support(number: int, times: int) -> None:
    """So many residents support an idea."""
    for _ in range(times):
        somebody = resident()
        with write():
            answers.cast(somebody, number, "support")


def text(html: str) -> str:
    """What a reader sees of a page."""
    body = html.partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
