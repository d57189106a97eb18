"""Pilots for tests, through the services."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from citizen_voice.pilots.models import EVALUATING, RUNNING, Pilot
from citizen_voice.team.models import PILOT_OWNER
from tests.factories.replies import working_day
from tests.factories.team import colleague

WORDS = {
    "title_en": "Benches that warm up",
    "place_en": "The market square, with the traders",
    "known_en": "More people over 70 stay for longer than ten minutes",
    "team_en": "Parks team",
}


def shortlisted(idea_ids: Iterable[int]) -> list[int]:
    """Shortlist ideas that are open; gives their numbers."""
    numbers = list(idea_ids)
    for number in numbers:
        with write():
            ideas.shortlist(number, actor=None, reason="It can be tried.")
    return numbers


def a_pilot(*idea_ids: int, owner: UUID | None = None, **given: Any) -> int:
    """A pilot of shortlisted ideas; gives its number. ``given`` are arguments of ``start``."""
    owner = owner or colleague(PILOT_OWNER)
    asked = {"ends_on": clock.today() + timedelta(days=90), "actor": owner, **WORDS, **given}
    with write():
        return services.start(
            dict.fromkeys(idea_ids, ("", "")),
            owner_id=owner,
            **asked,
        )


def stored(pilot_id: int) -> Pilot:
    """The row."""
    return db.session.get_one(Pilot, pilot_id, populate_existing=True)


def owner_of(pilot_id: int) -> UUID:
    """The key of its owner."""
    owner = stored(pilot_id).owner_id
    assert owner is not None
    return owner


def said(pilot_id: int, *, next_on: date | None = None, **given: Any) -> int:
    """The number of an update: on track, unless said otherwise."""
    update: dict[str, Any] = {
        "state": "on-track",
        "words_en": "The first bench is warm.",
        "next_on": next_on or working_day(),
    }
    with write():
        return services.say(pilot_id, services.Update(**(update | given)), actor=owner_of(pilot_id))


def evaluated(pilot_id: int) -> int:
    """Move a pilot on until it is being evaluated; gives its number."""
    for stage in (RUNNING, EVALUATING):
        with write():
            services.move(pilot_id, stage, actor=owner_of(pilot_id))
    return pilot_id


def declared(pilot_id: int, decision: str = "scale", **given: Any) -> int:
    """The number of a decision, declared by the owner of a pilot that is being evaluated."""
    words = {"learned_en": "People sit where it is warm.", "next_en": "Ten more benches."}
    asked: dict[str, Any] = {"evidence": {}, "next_on": working_day(), **words, **given}
    with write():
        return services.declare(pilot_id, decision=decision, actor=owner_of(pilot_id), **asked)


def decided(pilot_id: int, decision: str = "scale", *, second: UUID | None = None) -> int:
    """Take a pilot that has just begun to a confirmed decision; gives the decision's number."""
    number = declared(evaluated(pilot_id), decision)
    second = second or colleague()
    with write():
        services.confirm(number, actor=second)
    return number
