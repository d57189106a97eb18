"""What a pilot says: the plan and how it changed, updates, thanks, the six questions."""

from datetime import date, timedelta

import pytest

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.pilots import services
from citizen_voice.pilots.models import DPIA_QUESTIONS, PilotChange
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.pilots import (
    a_pilot,
    owner_of,
    said,
    shortlisted,
    stored,
)
from tests.factories.replies import working_day

pytestmark = pytest.mark.usefixtures("app")
NOVEMBER = clock.start_of(date(2026, 11, 23))
A_DAY = date(2026, 12, 1)


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
