"""The answers of a sham account count no more, and exactly as before when that was a mistake."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.answers import voiding
from citizen_voice.answers.models import VoidAnswer
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere
from citizen_voice.merging import services as merging
from citizen_voice.merging.models import MergedAnswer
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.merging import joined, parted
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.merging.rows import differences, rows
from tests.merging.saying import answered, said


def voided(person: object) -> int:
    actor = colleague()
    with write():
        return voiding.void(person, actor=actor)  # type: ignore[arg-type]  # a key


def unvoided(person: object) -> int:
    actor = colleague()
    with write():
        return voiding.unvoid(person, actor=actor)  # type: ignore[arg-type]  # a key


def test_void_answers_are_in_no_figure_and_come_back_as_they_were(app: Flask) -> None:
    asked, shut, sham, honest = challenge(), challenge(), resident(), resident()
    ideas = [idea(asked), idea(asked), idea(shut), idea(asked)]
    for number, value in zip(ideas, ("support", "oppose", "skip"), strict=False):
        answers.answer(sham, number, "support")
        answers.answer(sham, number, value)
        answers.answer(honest, number, "support")
    close(shut)
    before = rows(*ideas)
    assert voided(sham) == 3
    assert [figures(number) for number in ideas] == [(1, 0, 0)] * 3 + [(0, 0, 0)]
    assert differences() == []
    assert unvoided(sham) == 3
    assert rows(*ideas) == before
    assert differences() == []


def test_void_twice_is_void_once(app: Flask) -> None:
    number, person = idea(), resident()
    answers.answer(person, number, "support")
    assert (voided(person), voided(person)) == (1, 0)
    assert (unvoided(person), unvoided(person)) == (1, 0)
    assert figures(number) == (1, 0, 0)
    assert differences() == []


def test_an_answer_given_since_stays_and_the_void_one_goes(app: Flask) -> None:
    number, person = idea(), resident()
    answers.answer(person, number, "support")
    voided(person)
    answers.answer(person, number, "oppose")
    assert figures(number) == (0, 1, 0)
    assert unvoided(person) == 0
    assert figures(number) == (0, 1, 0)
    answers.answer(person, number, "none")
    answers.answer(person, number, "support")
    voided(person)
    answers.answer(person, number, "skip")
    assert voided(person) == 1
    assert unvoided(person) == 1
    assert figures(number) == (0, 0, 1)
    assert differences() == []


def test_who_leaves_takes_void_answers_along(app: Flask) -> None:
    number, person = idea(), resident()
    answers.answer(person, number, "support")
    voided(person)
    with write():
        accounts.leave(person, remove_words=False)
    assert db.session.execute(select(func.count()).select_from(VoidAnswer)).scalar_one() == 0
    assert figures(number) == (0, 0, 0)
    with pytest.raises(NotHere):
        voided(person)
    with pytest.raises(NotHere):
        unvoided(person)
    assert differences() == []


def test_void_first_then_joined_then_counted_again_counts_once(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(into, person, "oppose", days=-2)
    said(source, person, "support", days=-1)
    before = rows(source, into)
    voided(person)
    key = joined(source, into)
    assert figures(into) == (0, 0, 0)
    unvoided(person)
    assert figures(into) == (1, 0, 0)
    assert answered(source, person) is None
    assert differences() == []
    parted(key)
    assert rows(source, into) == before


def test_joined_first_then_void_then_taken_apart_then_counted_again(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(into, person, "oppose", days=-2)
    said(source, person, "support", days=-1)
    before = rows(source, into)
    key = joined(source, into)
    voided(person)
    assert figures(into) == (0, 0, 0)
    with pytest.raises(merging.NothingToTakeOut), write():
        merging.not_mine(person, key)
    parted(key)
    assert (figures(source), figures(into)) == ((0, 0, 0), (0, 0, 0))
    assert differences() == []
    unvoided(person)
    assert rows(source, into) == before
    assert differences() == []


def test_counted_again_follows_an_idea_that_was_joined_on_and_on(app: Flask) -> None:
    asked, person = challenge(), resident()
    first, second, third = (idea(asked) for _each in range(3))
    for days, number in enumerate((third, first, second)):
        said(number, person, "support", days=days - 4)
    before = rows(first, second, third)
    one = joined(first, second)
    voided(person)
    two = joined(second, third)
    unvoided(person)
    assert (figures(first), figures(second), figures(third)) == ((0,) * 3, (0,) * 3, (1, 0, 0))
    assert differences() == []
    parted(two)
    parted(one)
    assert rows(first, second, third) == before


def test_who_leaves_takes_along_how_they_had_answered(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    answers.answer(person, source, "support")
    joined(source, into)
    with write():
        accounts.leave(person, remove_words=False)
    assert db.session.execute(select(func.count()).select_from(MergedAnswer)).scalar_one() == 0
    assert figures(into) == (0, 0, 0)
    assert differences() == []
