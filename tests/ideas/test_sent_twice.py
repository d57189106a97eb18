"""A form that is sent twice makes one idea."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import Idea
from tests.factories.challenges import challenge
from tests.factories.people import resident

WORDS: dict[str, Any] = {
    "title": "A bench at the top of the hill",
    "body": "To rest.",
    "language": "en",
    "topic_id": None,
    "ward_id": None,
}


def count() -> int:
    return db.session.execute(select(func.count()).select_from(Idea)).scalar_one()


@pytest.mark.usefixtures("app")
def test_the_same_words_again_within_ten_minutes_are_the_same_idea() -> None:
    author, asked = resident(), challenge()
    numbers = set()
    for _time in range(2):
        with write():
            numbers.add(services.propose(author, asked.id, **WORDS).id)
    assert len(numbers) == count() == 1


@pytest.mark.usefixtures("app")
def test_other_words_another_person_or_a_later_time_are_another_idea() -> None:
    author, asked = resident(), challenge()
    with write():
        services.propose(author, asked.id, **WORDS)
        services.propose(author, asked.id, **(WORDS | {"body": "To look."}))
        services.propose(resident_in_this_act(), asked.id, **WORDS)
    with clock.at(clock.now() + timedelta(minutes=11)), write():
        services.propose(author, asked.id, **WORDS)
    assert count() == 4


def resident_in_this_act() -> UUID:
    return accounts.join("another@example.org", "adult", "en")


def test_sent_twenty_times_at_once_it_is_one_idea(app: Flask) -> None:
    author, asked = resident(), challenge()

    def send() -> None:
        with app.app_context(), write():
            services.propose(author, asked.id, **WORDS)

    threads = [threading.Thread(target=send) for _time in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count() == 1
