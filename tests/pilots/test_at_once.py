"""Two people act at the same time."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import PilotDecision, PilotIdea
from citizen_voice.pilots.services import Update
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.pilots import a_pilot, declared, evaluated, owner_of, shortlisted, stored
from tests.factories.replies import working_day
from tests.factories.team import colleague
from tests.meanwhile import meanwhile


def test_two_who_confirm_at_once_decide_once(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    decision = declared(evaluated(a_pilot(number)), "stop")
    one, two = colleague(), colleague()

    def then() -> None:
        with write():
            services.confirm(decision, actor=two)

    ended = meanwhile(app, lambda: services.confirm(decision, actor=one), then)
    assert ended == {"other", "Conflict"}
    assert stored_idea(number).stage == "declined"
    assert db.session.get_one(PilotDecision, decision).confirmed_by == one


def test_what_is_sent_back_meanwhile_is_not_confirmed(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    decision = declared(evaluated(a_pilot(number)), "stop")
    one, two = colleague(), colleague()

    def then() -> None:
        with write():
            services.confirm(decision, actor=two)

    ended = meanwhile(app, lambda: services.send_back(decision, why="Why?", actor=one), then)
    assert ended == {"other", "Conflict"}
    assert stored_idea(number).stage == "piloting"


def test_an_update_that_comes_while_it_is_decided_is_refused(app: Flask) -> None:
    pilot = evaluated(a_pilot(*shortlisted([idea()])))
    decision, second = declared(pilot), colleague()

    def then() -> None:
        with write():
            services.say(pilot, Update("stuck", "Late", next_on=working_day()), actor=None)

    assert meanwhile(app, lambda: services.confirm(decision, actor=second), then) == {
        "other",
        "NotAllowed",
    }
    assert stored(pilot).next_on is None


def test_two_pilots_that_begin_with_one_idea_at_once_both_try_it(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(*shortlisted([idea()]))
    other = a_pilot(*shortlisted([idea()]))

    def then() -> None:
        with write():
            services.link(other, number, actor=None)

    ended = meanwhile(app, lambda: services.link(pilot, number, actor=None), then)
    assert ended == {"other", "done"}
    assert stored_idea(number).stage == "piloting"
    linked = select(func.count()).where(PilotIdea.idea_id == number)
    assert db.session.scalar(linked) == 2


def test_the_last_two_ideas_unlinked_at_once_leave_one(app: Flask) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, two)

    def then() -> None:
        with write():
            services.unlink(pilot, two, actor=None)

    ended = meanwhile(app, lambda: services.unlink(pilot, one, actor=None), then)
    assert ended == {"other", "NotAllowed"}
    assert [stored_idea(number).stage for number in (one, two)] == ["shortlisted", "piloting"]


def test_a_decision_declared_twice_at_once_is_one(app: Flask) -> None:
    pilot = evaluated(a_pilot(*shortlisted([idea()])))
    owner = owner_of(pilot)
    db.session.rollback()

    def declare() -> None:
        words: dict[str, Any] = {"learned_en": "Much", "next_en": "More", "next_on": None}
        services.declare(pilot, decision="stop", evidence={}, actor=owner, **words)

    def then() -> None:
        with write():
            declare()

    assert meanwhile(app, declare, then) == {"other", "Conflict"}
    assert db.session.scalar(select(func.count()).select_from(PilotDecision)) == 1
