"""Pilots that pages can be about: one that runs, one to be confirmed, one decided."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import DPIA_QUESTIONS
from citizen_voice.pilots.services.linking import linked
from tests.factories.comments import comment, reply
from tests.factories.comments import remark as remark_on
from tests.factories.ideas import idea
from tests.factories.moderation import case
from tests.factories.pilots import a_pilot, decided, declared, evaluated, said, shortlisted


def piloted(asked: Challenge, author: UUID, owner: UUID) -> dict[str, Any]:
    """The fields of the world that are about pilots; ``owner`` runs the first one."""
    tried = shortlisted(idea(asked, author) for _ in range(4))
    remark = comment(tried[0], author, body="The bench is cold in the shade.")
    runs = a_pilot(*tried[:2], owner=owner, title_cy="Meinciau sy’n cynhesu")
    with write():
        services.describe(runs, actor=owner, problem_en="Benches are cold.", that_en="heat helps")
        services.move(runs, "running", actor=owner)
        services.thank(runs, remark, words_en="We moved the bench.", actor=owner)
        services.save_dpia(runs, dict.fromkeys(DPIA_QUESTIONS, False), actor=owner)
    with write():
        services.change_plan(
            runs,
            "ends_on",
            why_en="The bench came late.",
            ends_on=clock.today() + timedelta(days=120),
            actor=owner,
        )
        measure = services.add_measure(
            runs,
            better="more",
            baseline=4.0,
            target=10.0,
            name_en="Minutes on the bench",
            unit_en="minutes",
            actor=owner,
        )
        days = (clock.today() - timedelta(days=ago) for ago in (20, 10, 1))
        readings = [services.Reading(day, 4.0 + n) for n, day in enumerate(days)]
        services.add_readings(measure, readings, actor=owner)
    update = said(runs)
    waits, over = a_pilot(tried[2]), a_pilot(tried[3])
    declared(evaluated(waits), "stop")
    decided(over, "adapt")
    talk = remark_on(runs, author, body="It was *warm* at noon.")
    reply(talk, body="And at night?")
    return {
        "talk": talk,
        "talk_case": case(comment_id=talk, waits_for="abuse"),
        "pilot": runs,
        "pilot_waiting": waits,
        "pilot_decided": over,
        "pilot_update": update,
        "measure": measure,
    }


def more_pilots(asked: Challenge, owner: UUID, pilot: int) -> None:
    """Six more pilots of the owner's, and a dozen updates, comments and cards of one."""
    for number in shortlisted(idea(asked) for _ in range(6)):
        made = a_pilot(number, owner=owner)
        with write():
            services.link(pilot, number, actor=owner)
        said(made)
    for number in range(6):
        said(pilot, words_en=f"Bench {number} is warm.")
        remark = comment(idea_of(pilot), body=f"Bench {number} is hard.")
        if number % 2:
            with write():
                services.thank(pilot, remark, words_en=f"Cushion {number}.", actor=owner)
    with write():
        services.describe(pilot, actor=owner, risks_en="Burns", costs_en="£400", who_en="us all")


def idea_of(pilot: int) -> int:
    """The first idea that a pilot tries."""
    return linked(pilot)[0]
