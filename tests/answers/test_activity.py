"""*Active*: each answer counts half after 14 days, and one addition an answer keeps the sum."""

import math
import random
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.answers import activity, services
from citizen_voice.answers.models import Answer
from citizen_voice.columns import lend_mathematics
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

TWO_WEEKS = timedelta(days=14)


def active(number: int) -> float:
    found: float = db.session.get_one(IdeaListing, number, populate_existing=True).active
    return found


def counted(moments: Sequence[datetime], now: datetime) -> float:
    """The sum as the design has it, each answer by itself."""
    return sum(math.pow(2, -((now - moment) / TWO_WEEKS)) for moment in moments)


def answer(number: int, moments: Sequence[datetime], value: str = "support") -> None:
    people = [resident() for _each in moments]
    with write():
        for person, moment in zip(people, moments, strict=True):
            with clock.at(moment):
                services.cast(person, number, value)


@pytest.fixture
def lasting(app: object) -> int:
    """An idea of a challenge that was open for ten years."""
    today = clock.today()
    return idea(challenge(opens=today - timedelta(days=3650), closes=today + timedelta(days=9)))


def test_the_sum_is_that_of_every_answer_by_itself(lasting: int) -> None:
    chance, now = random.Random(14), clock.now()
    moments = [now - chance.random() * timedelta(days=120) for _each in range(60)]
    answer(lasting, moments)  # in no order
    assert activity.worth(active(lasting), now) == pytest.approx(
        counted(moments, now), abs=0, rel=1e-9
    )


def test_answers_years_apart_underflow_nowhere_and_the_latest_counts(lasting: int) -> None:
    now = clock.now()
    moments = [now - timedelta(days=3600), now, now - timedelta(days=3599), now - TWO_WEEKS]
    answer(lasting, moments)
    assert activity.worth(active(lasting), now) == pytest.approx(1.5, rel=1e-9)


def test_an_idea_without_answers_is_not_lively() -> None:
    assert activity.worth(0.0, clock.now()) == pytest.approx(0)


@pytest.mark.parametrize("value", ["support", "oppose", "skip"])
def test_every_kind_of_first_answer_counts_and_nothing_after_it(lasting: int, value: str) -> None:
    person, now = resident(), clock.now()
    with write(), clock.at(now):
        services.cast(person, lasting, value)
    first = active(lasting)
    assert activity.worth(first, now) == pytest.approx(1)
    for further in (value, "support", "oppose", "skip", "none"):
        with write(), clock.at(now + timedelta(hours=1)):
            services.cast(person, lasting, further)
        assert active(lasting) == first


def test_made_anew_it_is_what_the_answers_say(lasting: int) -> None:
    now = clock.now()
    moments = [now - timedelta(days=day) for day in (0, 3, 40, 2000)]
    answer(lasting, moments)
    other, without_time = idea(), idea()
    answer(other, moments[:1])
    answer(without_time, moments[:1])
    with write():
        untimed = update(Answer).where(Answer.idea_id == without_time)
        db.session.execute(untimed.values(answered_at=None))
        db.session.execute(update(IdeaListing).values(active=7.0))
    with write():
        activity.rebuild([lasting])
    assert activity.worth(active(lasting), now) == pytest.approx(counted(moments, now), rel=1e-9)
    assert active(other) == 7.0
    with write():
        activity.rebuild()
    assert activity.worth(active(other), now) == pytest.approx(1, rel=1e-9)
    assert active(without_time) == 0.0


def test_a_sqlite_without_mathematics_is_lent_it() -> None:
    class Bare(sqlite3.Connection):
        lent: tuple[str, ...] = ()

        def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
            if not any(name in sql for name in self.lent) and "0.5" not in sql:
                raise sqlite3.OperationalError("no such function")
            return super().execute(sql)

        def create_function(self, name: str, *rest: Any, **further: Any) -> None:
            self.lent = (*self.lent, name)
            super().create_function(name, *rest, **further)

    connection = sqlite3.connect(":memory:", factory=Bare)
    lend_mathematics(connection)
    assert connection.lent == ("exp", "ln", "sqrt")
    found = connection.execute("SELECT ln(exp(0.5)), sqrt(0.25)").fetchone()
    assert found == pytest.approx((0.5, 0.5))
    connection.close()
