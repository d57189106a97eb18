"""What is done with pilots before everybody reads of them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.pilots.services import Reading, Update
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import working_day
from tests.factories.team import colleague


def begun(owner: UUID, *numbers: int, **given: Any) -> int:
    """A trial of theirs, of these ideas or of one of its own."""
    return a_pilot(*shortlisted(numbers or [idea()]), owner=owner, **given)


def measured(pilot: int, owner: UUID, **given: Any) -> int:
    """A measure of it: people who stay, from 12 to 20."""
    asked: dict[str, Any] = {
        "better": "more",
        "baseline": 12.0,
        "target": 20.0,
        "name_en": "People who stay",
        "unit_en": "people",
    }
    with write():
        return services.add_measure(pilot, **(asked | given), actor=owner)


def read(measure: int, owner: UUID, *values: float) -> None:
    """Readings a week apart, the last of today."""
    days = [clock.today() - timedelta(days=7 * number) for number in range(len(values))]
    found = [Reading(day, value) for day, value in zip(reversed(days), values, strict=True)]
    with write():
        services.add_readings(measure, found, actor=owner)


def said(pilot: int, owner: UUID, words: str = "Twelve benches are warm.", **given: Any) -> int:
    """An update: on track, unless said otherwise."""
    asked: dict[str, Any] = {"state": "on-track", "next_on": working_day(14)}
    with write():
        return services.say(pilot, Update(words_en=words, **(asked | given)), actor=owner)


def decided(pilot: int, owner: UUID, decision: str, **evidence: tuple[str, str]) -> None:
    """Take a trial that has just begun to a confirmed decision."""
    with write():
        services.move(pilot, "running", actor=owner)
        services.move(pilot, "evaluating", actor=owner)
    with write():
        number = services.declare(
            pilot,
            decision=decision,
            evidence={int(key[1:]): words for key, words in evidence.items()},
            next_on=None,
            actor=owner,
            learned_en="People sit where it is warm.",
            next_en="The benches go back to the depot.",
        )
    second = colleague()
    with write():
        services.confirm(number, actor=second)


def in_order(page: str, *words: str) -> None:
    """Whether some words stand on a page one after another."""
    body = page[page.index("<main") :]
    places = [body.index(each) for each in words]
    assert places == sorted(places), list(zip(words, places, strict=True))
