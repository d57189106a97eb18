"""PRODUCT's table "What holds when", for pilots: which stage an idea has because of them."""

from datetime import date, timedelta
from typing import Any

import pytest

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import PILOTING, SHORTLISTED
from citizen_voice.pilots import services
from citizen_voice.pilots.models import DPIA_QUESTIONS, PilotChange, PilotDecision
from citizen_voice.team.models import PILOT_OWNER
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    owner_of,
    said,
    shortlisted,
    stored,
)
from tests.factories.replies import working_day
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")
NOVEMBER = clock.start_of(date(2026, 11, 23))
A_DAY = date(2026, 12, 1)
BECOMES = {"scale": "adopted", "adapt": "shortlisted", "stop": "declined"}


def stages(*numbers: int) -> list[str]:
    """The stages of some ideas."""
    db.session.rollback()
    return [stored_idea(number).stage for number in numbers]


def test_linked_ideas_are_piloting_and_only_shortlisted_ones_are_linked() -> None:
    one, two = shortlisted([idea(), idea()])
    is_open = idea()
    with pytest.raises(NotAllowed, match=f"CV-{is_open}"):
        a_pilot(one, is_open)
    assert stages(one, is_open) == ["shortlisted", "open"]
    a_pilot(one, two)
    assert stages(one, two) == [PILOTING, PILOTING]


@pytest.mark.parametrize("decision", BECOMES)
def test_a_decision_moves_the_ideas_once_it_is_confirmed(decision: str) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = evaluated(a_pilot(one, two))
    number = declared(pilot, decision)
    assert stages(one, two) == [PILOTING, PILOTING]
    second = colleague()
    with write():
        services.confirm(number, actor=second)
    assert stages(one, two) == [BECOMES[decision]] * 2
    assert stored(pilot).stage == "decided"


@pytest.mark.parametrize(
    ("decisions", "left"),
    [
        (("stop", "scale"), "adopted"),
        (("scale", "stop"), "adopted"),
        (("adapt", "stop"), "shortlisted"),
        (("stop", "stop"), "declined"),
    ],
)
def test_an_idea_of_two_pilots_is_piloting_until_the_last_is_decided_and_the_best_counts(
    decisions: tuple[str, str], left: str
) -> None:
    (number,) = shortlisted([idea()])
    pilots = [a_pilot(number), a_pilot(number)]
    decided(pilots[0], decisions[0])
    assert stages(number) == [PILOTING]
    decided(pilots[1], decisions[1])
    assert stages(number) == [left]


def test_with_its_last_link_an_idea_goes_back_to_the_shortlist() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot, other = a_pilot(one, two), a_pilot(one)
    with write():
        services.unlink(pilot, one, actor=None)
    assert stages(one) == [PILOTING]  # the other one tries it
    with write():
        services.link(other, two, actor=None)
        services.unlink(other, one, actor=None)
    assert stages(one, two) == [SHORTLISTED, PILOTING]
    with pytest.raises(NotAllowed), write():
        services.unlink(pilot, two, actor=None)  # a pilot tries one at least
    with pytest.raises(NotHere), write():
        services.unlink(pilot, one, actor=None)  # twice


def test_an_idea_unlinked_after_another_pilot_was_decided_is_as_that_one_left_it() -> None:
    one, two = shortlisted([idea(), idea()])
    decided(a_pilot(one), "scale")
    assert stages(one) == ["adopted"]
    pilot = a_pilot(two)
    with pytest.raises(NotAllowed), write():
        services.link(pilot, one, actor=None)  # adopted ideas are not tried
    decided(pilot, "adapt")
    again = a_pilot(two, after_id=pilot)
    assert stored(again).after_id == pilot
    assert stages(two) == [PILOTING]


def test_cancelling_gives_everything_back_until_something_was_told() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, two)
    with write():
        services.cancel(pilot, actor=None)
    assert stages(one, two) == [SHORTLISTED, SHORTLISTED]
    with pytest.raises(NotHere), write():
        services.move(pilot, "running", actor=None)
    spoken = a_pilot(one)
    said(spoken)
    with pytest.raises(NotAllowed), write():
        services.cancel(spoken, actor=None)


def test_an_idea_that_is_hidden_while_it_is_tried_leaves_with_the_pilot_all_the_same() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, two)
    with write():
        ideas.hide(one, actor=None, reason="It names somebody")
    assert stages(one) == [PILOTING]
    decided(pilot, "scale")
    assert stages(one, two) == ["adopted", "adopted"]
    assert stored_idea(one).visibility == "hidden"


def test_the_last_idea_may_be_hidden_and_the_pilot_goes_on() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    with write():
        ideas.hide(number, actor=None, reason="It names somebody")
    said(pilot)
    decided(pilot, "stop")
    assert stages(number) == ["declined"]


def test_a_pilot_goes_on_when_the_challenge_of_its_ideas_closes() -> None:
    asked: Challenge = challenge()
    (number,) = shortlisted([idea(asked)])
    pilot = a_pilot(number)
    close(asked)
    said(pilot)
    decided(pilot, "scale")
    assert stages(number) == ["adopted"]


def test_what_was_decided_stays_as_it_is() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    decision = decided(pilot)
    with pytest.raises(NotAllowed), write():
        services.move(pilot, "running", actor=None)
    with pytest.raises(NotAllowed), write():
        services.describe(pilot, actor=None, title_en="Else")
    with pytest.raises(NotAllowed), write():
        services.cancel(pilot, actor=None)
    with pytest.raises(Conflict), write():
        services.confirm(decision, actor=owner_of(pilot))
    assert stored(pilot).next_on is None


def test_nobody_confirms_what_they_declared() -> None:
    owner = colleague(PILOT_OWNER, "moderator")
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number, owner=owner))
    decision = declared(pilot)
    with pytest.raises(NotAllowed), write():
        services.confirm(decision, actor=owner)
    assert stages(number) == [PILOTING]


def test_a_decision_that_was_sent_back_may_be_declared_anew() -> None:
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number))
    decision = declared(pilot, "stop")
    with pytest.raises(Conflict):
        declared(pilot, "scale")
    second = colleague()
    with write():
        services.send_back(decision, why="The figures say otherwise.", actor=second)
    with pytest.raises(Conflict), write():
        services.confirm(decision, actor=second)
    again = declared(pilot, "scale")
    with write():
        services.confirm(again, actor=second)
    assert stages(number) == ["adopted"]
    db.session.rollback()
    assert db.session.query(PilotDecision).count() == 2


def test_a_decision_says_something_of_each_measure() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    with write():
        measure = services.add_measure(
            pilot, better="more", baseline=1.0, target=2.0, name_en="People", actor=None
        )
    evaluated(pilot)
    with pytest.raises(Refusal) as refused:
        declared(pilot)
    assert refused.value.field == f"evidence_{measure}_en"
    declared(pilot, evidence={measure: ("Twice as many", "")})


def test_only_who_is_responsible_declares_the_deputy_where_there_is_no_owner() -> None:
    owner, deputy = colleague(PILOT_OWNER), colleague(PILOT_OWNER)
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number, owner=owner))
    with write():
        services.assign(pilot, owner_id=owner, deputy_id=deputy, actor=None)
    words: dict[str, Any] = {
        "learned_en": "Much",
        "next_en": "More",
        "evidence": {},
        "next_on": None,
    }
    with pytest.raises(NotAllowed), write():
        services.declare(pilot, decision="stop", actor=deputy, **words)
    with write():
        row = stored(pilot)
        row.owner_id = None
    with write():
        services.declare(pilot, decision="stop", actor=deputy, **words)


def test_what_the_plan_was_and_why_it_changed_is_kept() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    was = stored(pilot).ends_on
    with write():
        services.describe(pilot, actor=None, that_en="heat helps")
    now = was + timedelta(days=20)
    with write():
        services.change_plan(pilot, "ends_on", ends_on=now, why_en="Rain", actor=None)
        services.change_plan(pilot, "that", now_en="shade helps", why_en="Sun", actor=None)
    kept = [
        (row.what, row.was_en, row.now_en, row.why_en)
        for row in db.session.query(PilotChange).order_by(PilotChange.id)
    ]
    assert kept == [
        ("ends_on", was.isoformat(), now.isoformat(), "Rain"),
        ("that", "heat helps", "shade helps", "Sun"),
    ]
    db.session.rollback()
    with pytest.raises(Refusal) as refused, write():
        services.describe(pilot, actor=None, that_en="snow helps")
    assert refused.value.field == "that_en"
    with pytest.raises(Refusal) as refused, write():
        services.change_plan(pilot, "that", now_en="snow helps", why_en="", actor=None)
    assert refused.value.field == "why_en"


def test_taking_an_update_back_gives_the_promise_before_back() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    first, second = working_day(10), working_day(20)
    said(pilot, next_on=first)
    last = said(pilot, next_on=second)
    with write():
        services.take_back(last, actor=None)
    assert stored(pilot).next_on == first
    db.session.rollback()
    with pytest.raises(Conflict), write():
        services.take_back(last, actor=None)


@pytest.mark.parametrize(
    ("next_on", "state", "words", "field"),
    [
        (date(2026, 11, 22), "on-track", "Well", "next_on"),
        (date(2027, 1, 2), "on-track", "Well", "next_on"),  # a Saturday
        (date(2026, 12, 25), "on-track", "Well", "next_on"),
        (None, "on-track", "Well", "next_on"),
        (A_DAY, "brilliant", "Well", "state"),
        (A_DAY, "stuck", " \n ", "words_en"),
        (A_DAY, "stuck", "x" * 601, "words_en"),
    ],
)
def test_an_update_is_refused_at_its_field(
    next_on: date | None, state: str, words: str, field: str
) -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    update = services.Update(state, words, next_on=next_on)
    with clock.at(NOVEMBER), pytest.raises(Refusal) as refused, write():
        services.say(pilot, update, actor=None)
    assert refused.value.field == field


def test_thanks_are_for_what_was_said_of_the_trial_or_its_ideas_once() -> None:
    one, other = shortlisted([idea(), idea()])
    pilot = a_pilot(one)
    heard, elsewhere = comment(one), comment(other)
    with write():
        thanks = services.thank(pilot, heard, words_en="We moved it", actor=None)
    with pytest.raises(Conflict), write():
        services.thank(pilot, heard, words_en="Again", actor=None)
    with pytest.raises(NotHere), write():
        services.thank(pilot, elsewhere, words_en="No", actor=None)
    with write():
        services.take_back_thanks(thanks, actor=None)
    with write():
        services.thank(pilot, heard, words_en="Again", actor=None)


def test_one_yes_of_six_says_that_a_dpia_is_needed() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    none = dict.fromkeys(DPIA_QUESTIONS, False)
    with write():
        assert services.save_dpia(pilot, none, actor=owner_of(pilot)) is False
    with write():
        assert services.save_dpia(pilot, none | {"children": True}, actor=None) is True
    with pytest.raises(Refusal) as refused, write():
        services.save_dpia(pilot, {"special": True}, actor=None)
    assert refused.value.field == "children"
