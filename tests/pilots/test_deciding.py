"""Declaring, confirming and sending back; and what was decided stays."""

from datetime import timedelta
from typing import Any

import pytest

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.ideas.models import PILOTING
from citizen_voice.pilots import services
from citizen_voice.pilots.models import PilotDecision
from citizen_voice.team.models import PILOT_OWNER
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    owner_of,
    shortlisted,
    stored,
)
from tests.factories.replies import working_day
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")


def stages(*numbers: int) -> list[str]:
    """The stages of some ideas."""
    db.session.rollback()
    return [stored_idea(number).stage for number in numbers]


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


def test_what_happens_next_is_still_to_come_when_it_is_confirmed() -> None:
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number))
    day = working_day(5)
    decision, second = declared(pilot, "scale", next_on=day), colleague()
    late = clock.at(clock.start_of(day + timedelta(days=1)))
    with late, pytest.raises(NotAllowed, match="another is named"), write():
        services.confirm(decision, actor=second)
    with write():
        services.confirm(decision, actor=second)
    assert stages(number) == ["adopted"]


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
