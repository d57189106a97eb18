"""A site with something of everything that the API tells."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.answers import services as answers
from citizen_voice.challenges.models import SUPPORT, Challenge
from citizen_voice.db import write
from citizen_voice.pilots import services as pilots
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, decided, owner_of, said, shortlisted
from tests.factories.replies import reply as answered


@dataclass(frozen=True)
class Site:
    """What there is: numbers, and two challenges of which the second takes support alone."""

    first: Challenge
    second: Challenge
    ideas: list[int]
    comments: list[UUID]
    pilot: int
    decided: int


@pytest.fixture
def site(app: Flask) -> Site:
    """Twelve ideas, answers, comments and replies to them, two pilots."""
    first = challenge(topics=("Streets", "Parks"))
    second = challenge(ballot=SUPPORT)
    numbers = [idea(first) for _ in range(9)] + [idea(second, language="cy") for _ in range(3)]
    for at, number in enumerate(numbers):
        for _ in range(at % 3):
            reader = resident()
            with write():
                answers.cast(reader, number, "support")
    said_so = [comment(numbers[1]) for _ in range(3)]
    for key in said_so:
        reply(key)
    shortlisted(numbers[:2])
    pilot, over = a_pilot(numbers[0]), a_pilot(numbers[1])
    said(pilot)
    measured(pilot)
    decided(over)
    answered(numbers[2])
    return Site(first, second, numbers, said_so, pilot, over)


def measured(pilot: int) -> None:
    """Something is measured in a pilot, on three days."""
    actor = owner_of(pilot)
    with write():
        measure = pilots.add_measure(
            pilot, better="more", baseline=4.0, target=9.5, actor=actor, name_en="People sitting"
        )
        days = [clock.today() - timedelta(days=day) for day in (3, 2, 1)]
        found = [pilots.Reading(day, 5.5 + at, "") for at, day in enumerate(days)]
        pilots.add_readings(measure, found, actor=actor)


def document(client: Client) -> dict[str, object]:
    """The OpenAPI document."""
    found: dict[str, object] = client.get("/api/v1/openapi.json").get_json()
    return found
