"""Where and when an idea takes comments, and where a moderator reads them first."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock, events
from citizen_voice.comments import recount, services
from citizen_voice.comments.events import CommentPublished
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import services as ideas
from tests.client import HTMX, Client
from tests.comments.saying import newest, resident_here, said, where, words
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident


@pytest.mark.parametrize("stage", ["open", "shortlisted"])
def test_open_ideas_take_comments_and_replies(app: Flask, stage: str) -> None:
    number = idea()
    if stage != "open":
        with write():
            ideas.shortlist(number, actor=None, reason="Liked")
    reply(comment(number))
    assert published(number) == 2


def test_a_challenge_that_closes_while_somebody_types_gives_every_word_back(
    member: Client,
) -> None:
    asked = challenge()
    number = idea(asked)
    top = comment(number)
    close(asked)
    for address in (where(number), f"/comments/{top}/replies"):
        for headers in ({}, HTMX):
            refused = member.send(address, words(comment="Typed <late>."), headers=headers)
            assert refused.status_code == 422
            assert "This challenge has closed" in refused.text
            assert "Typed &lt;late&gt;." in refused.text
    with pytest.raises(services.CommentsClosed), write():
        services.reply(resident_here(), top, body="x y", language="en")
    page = member.get(f"/ideas/CV-{number}").text
    assert "This challenge has closed, so there are no new comments." in page
    assert "I would use it" in page
    assert 'name="comment"' not in page
    assert said() == 1


@pytest.mark.parametrize("state", ["hidden", "held", "withdrawn"])
def test_what_cannot_be_discussed_takes_no_comment_shows_none_and_gives_the_words_back(
    client: Client, state: str
) -> None:
    author = resident()
    number = idea(challenge(moderation="before") if state == "held" else None, author)
    top = None
    if state != "held":
        top = comment(number, body="Said before.")
        with write():
            if state == "withdrawn":
                ideas.withdraw(number, author, why="other", words="Solved", language="en")
            else:
                ideas.hide(number, actor=None, reason="No")
    for person in (author, resident()):
        client.sign_in(person)
        refused = client.send(where(number), words(comment="Typed with care."))
        assert refused.status_code in (404, 410, 422)
        assert "Typed with care." in refused.text
        assert client.get(where(number)).status_code == 404
        assert "Said before." not in client.get(f"/ideas/CV-{number}").text
        if top is not None:
            assert client.get(f"/comments/{top}").status_code == 404
            late = client.send(f"/comments/{top}/replies", words(comment="Typed with care."))
            assert late.status_code == 404
            assert "Typed with care." in late.text
    with pytest.raises(Refusal), write():
        services.comment(resident_here(), number, body="Hello there", language="en")
    assert said() == (0 if top is None else 1)


def test_where_a_moderator_reads_first_a_comment_waits_and_only_its_author_sees_it(
    client: Client,
) -> None:
    asked = challenge(moderation="before")
    author = resident()
    number = idea(asked, author)
    with write():
        ideas.publish(number, actor=None)
    client.sign_in(author)
    sent = client.send(where(number), words(comment="To be checked."))
    assert sent.location.endswith("?done=comment-waiting#comments")
    key = newest()
    with clock.at(clock.now() + timedelta(hours=3)):
        page = client.get(f"/ideas/CV-{number}").text
        assert "To be checked." in page
        assert "Waiting for a check. Only you see it. So far: 3 hours." in page
    assert client.get(f"/comments/{key}").status_code == 200
    assert published(number) == 0
    client.sign_in(resident())
    assert "To be checked." not in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/comments/{key}").status_code == 404
    assert client.send(f"/comments/{key}/replies", words()).status_code == 404
    heard: list[CommentPublished] = []
    events.subscribe(CommentPublished, heard.append)
    with write():
        services.publish(key, actor=None)
    assert [each.comment_id for each in heard if each.comment_id == key] == [key]
    assert "To be checked." in client.get(f"/ideas/CV-{number}").text
    assert published(number) == 1
    assert recount.differences() == []


def test_newcomers_wait_and_who_has_published_does_not(app: Flask) -> None:
    number = idea(challenge(moderation="newcomers"))
    with write():
        ideas.publish(number, actor=None)
    author = resident()
    first = comment(number, author)
    assert stored(first).visibility == "held"
    with write():
        services.publish(first, actor=None)
    assert stored(comment(number, author)).visibility == "published"
    proposer = resident()
    idea(author=proposer)
    assert stored(comment(number, proposer)).visibility == "published"
    assert stored(comment(number, by_council=True)).visibility == "published"
