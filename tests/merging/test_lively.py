"""How lively ideas are goes with their answers when they are joined, and comes back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import activity
from citizen_voice.answers import services as answers
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.merging import joined, parted
from tests.factories.people import resident
from tests.merging.rows import differences, rows
from tests.merging.saying import NOW, said


def lively(*ideas: int) -> list[float]:
    """The numbers of some ideas, as lists have them."""
    db.session.rollback()
    found = select(IdeaListing.idea_id, IdeaListing.active).where(IdeaListing.idea_id.in_(ideas))
    by_key = {row.idea_id: row.active for row in db.session.execute(found)}
    return [by_key[number] for number in ideas]


def made_anew(*ideas: int) -> list[float]:
    """What ``check --fix`` would make of them; from then on they are that."""
    with write():
        activity.rebuild(ideas)
    return lively(*ideas)


def test_the_one_that_stays_is_as_lively_as_both_and_each_person_counts_once(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    both, one, other = (resident() for _each in range(3))
    said(source, both, "support", days=-5)
    said(into, both, "support", days=-3)
    said(source, one, "support", days=-4)
    said(into, other, "oppose", days=-1)
    joined(source, into)
    gone, stays = lively(source, into)
    worth = activity.worth(stays, NOW)
    expected = [2 ** (-timedelta(days=days) / timedelta(days=14)) for days in (3, 4, 1)]
    assert worth == pytest.approx(sum(expected), rel=1e-9)
    assert activity.worth(gone, NOW) == pytest.approx(0)
    assert made_anew(source, into) == pytest.approx([gone, stays], abs=1e-9)
    assert differences() == []


def test_taken_apart_both_are_as_lively_as_before_to_the_last_bit(app: Flask) -> None:
    asked = challenge()
    source, into, undecided = idea(asked), idea(asked), resident()
    for day in range(4):
        said(source, resident(), "support", days=-day)
        said(source, undecided, ("support", "skip")[day % 2], days=-day)
    said(into, undecided, "oppose", days=-6)
    answers.answer(undecided, into, "none")
    before, numbers = rows(source, into), lively(source, into)
    key = joined(source, into)
    assert lively(source, into) != numbers
    parted(key)
    assert lively(source, into) == numbers
    assert rows(source, into) == before


def test_what_came_meanwhile_stays_with_the_one_that_stayed(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    for day in (-6, -2, -2):
        said(source, resident(), "support", days=day)
    said(into, resident(), "support", days=-6)
    key = joined(source, into)
    said(into, resident(), "oppose", days=0)
    said(into, resident(), "support", days=2)
    parted(key)
    left = lively(source, into)
    assert made_anew(source, into) == pytest.approx(left, abs=1e-9)
    assert differences() == []


def test_where_people_left_meanwhile_they_are_no_less_lively_than_before(app: Flask) -> None:
    asked = challenge()
    source, into, person = idea(asked), idea(asked), resident()
    said(source, person, "support", days=-1)
    numbers = lively(source, into)
    key = joined(source, into)
    with write():
        accounts.leave(person, remove_words=False)
    parted(key)
    assert lively(source, into) == numbers


def test_ideas_that_nobody_answered_stay_at_rest(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    key = joined(source, into)
    assert lively(source, into) == [0.0, 0.0]
    said(into, resident(), "support")
    answered = lively(into)
    assert activity.worth(answered[0], NOW) == pytest.approx(1, rel=1e-9)
    parted(key)
    assert lively(source, into) == [0.0, *answered]
