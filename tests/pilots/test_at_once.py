"""Two people act at the same time."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import PilotDecision, PilotIdea
from citizen_voice.pilots.services import Update, linking
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.site import queries
from citizen_voice.site import services as site
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR, PILOT_OWNER
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


def test_an_idea_is_linked_while_another_trial_of_it_is_decided(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    decision, second = declared(evaluated(a_pilot(number)), "scale"), colleague()
    other = a_pilot(*shortlisted([idea()]))

    def holds() -> None:
        held(other)
        linking.hold([number])

    def then() -> None:
        with write():
            services.confirm(decision, actor=second)

    further = partial(services.link, other, number, actor=None)
    assert meanwhile(app, holds, then, further=further) == {"other", "done"}
    assert stored_idea(number).stage == "piloting"  # the other one tries it now


def test_an_idea_is_linked_while_another_trial_begins_with_it(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    owner, other = colleague(PILOT_OWNER), a_pilot(*shortlisted([idea()]))

    def holds() -> None:
        held(other)
        linking.hold([number])

    further = partial(services.link, other, number, actor=None)
    ended = meanwhile(app, holds, lambda: a_pilot(number, owner=owner), further=further)
    assert ended == {"other", "done"}
    linked = select(func.count()).where(PilotIdea.idea_id == number)
    assert db.session.scalar(linked) == 2


def test_two_trials_move_on_at_once(app: Flask) -> None:
    one, other = a_pilot(*shortlisted([idea()])), a_pilot(*shortlisted([idea()]))

    def moves() -> None:
        held(other).stage = "running"
        db.session.flush()  # the site's revision rises

    def then() -> None:
        with write():
            services.move(one, "running", actor=None)

    further = partial(record, "pilot looked at", other, None)
    assert meanwhile(app, moves, then, further=further) == {"other", "done"}
    assert stored(one).stage == "running"


def test_the_site_is_changed_while_the_plan_of_a_trial_changes(app: Flask) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    later = stored(pilot).ends_on + timedelta(days=7)
    db.session.rollback()

    def then() -> None:
        with write():
            services.change_plan(pilot, "ends_on", ends_on=later, why_en="Rain", actor=None)

    values = {"tagline_en": "Warm benches"}
    further = partial(site.settle, values, seen=None, actor=None)
    assert meanwhile(app, queries.locked, then, further=further) == {"other", "done"}
    assert stored(pilot).ends_on == later


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


def test_who_deletes_their_account_while_somebody_acts_on_their_trial_waits_and_leaves(
    app: Flask,
) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    owner = owner_of(pilot)
    db.session.rollback()

    def then() -> None:
        with write():
            team.leave(owner, remove_words=False)

    ended = meanwhile(
        app,
        lambda: held(pilot),
        then,
        further=lambda: record("pilot looked at", pilot, None),  # the journal comes after the pilot
    )
    assert ended == {"other", "done"}
    assert stored(pilot).owner_id is None


def test_who_deletes_their_account_while_their_trial_is_decided_leaves_it_as_it_is(
    app: Flask,
) -> None:
    pilot = evaluated(a_pilot(*shortlisted([idea()])))
    decision, second, owner = declared(pilot), colleague(), owner_of(pilot)
    db.session.rollback()

    def then() -> None:
        with write():
            team.leave(owner, remove_words=False)

    assert meanwhile(app, lambda: services.confirm(decision, actor=second), then) == {
        "other",
        "done",
    }
    assert stored(pilot).owner_id == owner  # what is over stays as it was


def test_a_colleague_is_ended_while_their_trial_is_decided(app: Flask) -> None:
    pilot = evaluated(a_pilot(*shortlisted([idea()])))
    decision, second, owner = declared(pilot), colleague(), owner_of(pilot)
    boss = colleague(ADMINISTRATOR)
    db.session.rollback()

    def then() -> None:
        with write():
            team.end(owner, actor=boss)

    assert meanwhile(app, lambda: services.confirm(decision, actor=second), then) == {
        "other",
        "done",
    }
    assert stored(pilot).stage == "decided"
