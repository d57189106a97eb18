"""An idea moves to another challenge with its answers, and back."""

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries import totals
from citizen_voice.ideas.services import moving
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea, stored
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, shortlisted


def topic_of(made: Challenge) -> int:
    return db.session.query(Topic).filter_by(challenge_id=made.id).one().id


def moved(number: int, target: int) -> dict[str, object]:
    with write():
        return moving.move(number, target, actor=None, reason="It is about streets.")


def test_answers_come_along_and_count_in_the_other_challenge(app: Flask) -> None:
    here, there, person = challenge(topics=("Parks",)), challenge(topics=("Roads",)), resident()
    number = idea(here, topic_id=topic_of(here))
    answers.answer(person, number, "support")
    before = moved(number, there.id)
    assert (totals(here.id).support, totals(there.id).support) == (0, 1)
    assert (stored(number).challenge_id, stored(number).topic_id) == (there.id, None)
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []
    with write():
        moving.move_back(number, before, actor=None)
    assert (stored(number).challenge_id, stored(number).topic_id) == (here.id, topic_of(here))
    assert (totals(here.id).support, totals(there.id).support) == (1, 0)
    row = db.session.get_one(IdeaListing, number, populate_existing=True)
    assert (row.challenge_id, row.topic_id) == (here.id, topic_of(here))
    assert recount.differences() == []


def test_its_trial_comes_along(app: Flask, client: Client) -> None:
    here, there = challenge(), challenge()
    (number,) = shortlisted([idea(here)])
    a_pilot(number, title_en="Benches that warm up")
    pages = [f"/challenges/{here.slug}", f"/challenges/{there.slug}"]
    assert ["Benches that warm up" in client.get(page).text for page in pages] == [True, False]
    before = moved(number, there.id)
    assert ["Benches that warm up" in client.get(page).text for page in pages] == [False, True]
    with write():
        moving.move_back(number, before, actor=None)
    assert ["Benches that warm up" in client.get(page).text for page in pages] == [True, False]


def test_it_moves_where_people_answer_in_the_same_way_alone(app: Flask) -> None:
    number = idea(challenge())
    with pytest.raises(Refusal, match="same kind of answers"):
        moved(number, challenge(ballot="support").id)


def test_it_moves_to_a_published_challenge_that_is_another_and_goes_on(app: Flask) -> None:
    here, unseen, off = challenge(), challenge(published=False), challenge()
    number = idea(here)
    with write():
        db.session.get_one(Challenge, off.id).cancelled_at = clock.now()
    for target, words in (
        (here.id, "already"),
        (unseen.id, "published"),
        (off.id, "over"),
        (2_000_000, "published"),
    ):
        with pytest.raises(Refusal, match=words):
            moved(number, target)
    with pytest.raises(NotHere):
        moved(2_000_000, here.id)


def test_what_was_joined_or_taken_back_stays_where_it_is(app: Flask) -> None:
    here, there, author = challenge(), challenge(), resident()
    source, into, gone = idea(here), idea(here), idea(here, author)
    joined(source, into)
    with write():
        ideas.withdraw(gone, author, why="elsewhere", words="", language="en")
    for number in (source, gone):
        with pytest.raises(NotAllowed):
            moved(number, there.id)
    moved(into, there.id)
    assert recount.differences() == []
