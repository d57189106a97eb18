"""A reply is taken back, and everything is as before."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.news.models import NewsItem
from citizen_voice.replies import queries, services
from citizen_voice.replies.models import IdeaReply
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.replies import reply, working_day
from tests.factories.team import colleague
from tests.meanwhile import meanwhile
from tests.replies.rows import listed


def everything(*numbers: int) -> list[Any]:
    """What is to be as before once a reply was taken back."""
    db.session.rollback()
    found: list[Any] = [(listed(number), stored(number).stage) for number in numbers]
    found += [stored(number).staged_at for number in numbers]
    news = select(NewsItem.idea_id).where(NewsItem.taken_back_at.is_(None))
    found.append(sorted(db.session.scalars(news)))
    found += [[row.reply_id for row in queries.of_idea(number)] for number in numbers]
    return found


def test_taken_back_everything_is_as_before(client: Client) -> None:
    moderator, asked = colleague(), challenge()
    open_, shortlisted, replied = idea(asked), idea(asked), idea(asked)
    with write():
        ideas.shortlist(shortlisted, actor=None, reason="Liked", next_on=working_day())
    reply(replied, outcome="not-now", next_on=working_day(20))
    before = everything(open_, shortlisted, replied)
    given = reply(open_, shortlisted, replied, decline=True, actor=moderator)
    assert everything(open_, shortlisted, replied) != before
    with write():
        services.take_back(given, actor=moderator)
    assert everything(open_, shortlisted, replied) == before
    assert "It would cost too much." not in client.get(f"/ideas/CV-{open_}").text
    with pytest.raises(Conflict), write():
        services.take_back(given, actor=moderator)
    with pytest.raises(NotHere), write():
        services.take_back(999, actor=moderator)


def test_taken_back_after_others_went_on_what_they_did_stays(app: Flask) -> None:
    one, other = idea(), idea()
    first = reply(one, other, decline=True)
    with write():
        ideas.reopen(one, actor=None, reason="Money was found")
    newer = reply(other, reason_en="Once more: no.")
    with write():
        services.take_back(first, actor=None)
    assert stored(one).stage == "open"
    assert listed(one) == (None, None)
    assert listed(other)[0] == newer
    assert stored(other).stage == "open"


def test_one_takes_back_while_another_replies(app: Flask) -> None:
    number = idea()
    first = reply(number, decline=True)
    meanwhile(
        app,
        lambda: services.take_back(first, actor=None),
        lambda: reply(number, outcome="already", reason_en="It is there."),
    )
    standing = select(IdeaReply.reply_id).where(IdeaReply.taken_back_at.is_(None))
    assert [listed(number)[0]] == list(db.session.scalars(standing))
    assert stored(number).stage == "open"
