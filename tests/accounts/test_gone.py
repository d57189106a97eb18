"""Somebody who has left writes nothing more, whatever was under way."""

from uuid import UUID

import pytest
from flask import Flask

from citizen_voice.accounts import queries, services
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as commenting
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident


@pytest.fixture
def gone(app: Flask) -> UUID:
    """The key of somebody who has left."""
    person = resident()
    with write():
        services.leave(person, remove_words=True)
    db.session.rollback()
    return person


def test_no_idea_and_no_comment_comes_from_them(app: Flask, gone: UUID) -> None:
    asked, number = challenge(), idea()
    with pytest.raises(NotHere), write():
        ideas.propose(
            gone,
            asked.id,
            title="A bench",
            body="To rest.",
            language="en",
            topic_id=None,
            ward_id=None,
        )
    with pytest.raises(NotHere), write():
        commenting.comment(gone, number, body="Yes.", language="en")


def test_no_answer_is_counted(app: Flask, gone: UUID) -> None:
    number = idea()
    with pytest.raises(Refusal), write():
        answering.cast(gone, number, "support")
    assert figures(number) == (0, 0, 0)


def test_their_name_stays_away_and_leaving_twice_is_leaving_once(app: Flask, gone: UUID) -> None:
    with write():
        services.set_name(gone, "Heron")
    with write():
        services.leave(gone, remove_words=False)
    assert queries.person(gone).display_name is None
