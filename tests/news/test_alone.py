"""News of decisions, which concern one person alone, and of ideas that were joined."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.merging import services as merging
from citizen_voice.moderation import services as moderating
from citizen_voice.news.models import APART, NewsItem
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.news.test_news import headlines, support

DECIDED = "A moderator decided about something of yours."


def test_a_decision_is_news_to_whom_it_concerns_until_it_is_undone(client: Client) -> None:
    author, supporter, moderator = resident(), resident(), colleague()
    number = idea(author=author)
    support(supporter, number)
    made = decide(case(idea_id=number), "hide", actor=moderator)
    assert headlines(author) == [DECIDED]
    assert headlines(supporter) == []
    client.sign_in(author)
    page = client.get("/news").text
    assert f'href="/decisions/{made}"' in page
    assert client.get(f"/decisions/{made}").status_code == 200
    with write():
        moderating.undo(made, actor=moderator)
    assert headlines(author) == []


def test_that_something_stays_as_it_was_is_no_news(client: Client) -> None:
    author = resident()
    decide(case(idea_id=idea(author=author)), "keep")
    assert headlines(author) == []


def test_the_title_of_a_hidden_idea_is_not_told_with_a_decision_about_a_comment(
    client: Client,
) -> None:
    talker = resident()
    number = idea(title="Ring Sam at number 9")
    decide(case(comment_id=comment(number, talker)), "hide")
    client.sign_in(talker)
    assert "Ring Sam" in client.get("/news").text
    with write():
        ideas.hide(number, actor=None, reason="A number")
    page = client.get("/news").text
    assert DECIDED in page
    assert "Ring Sam" not in page


def test_who_answered_a_joined_idea_and_both_authors_hear_of_it(client: Client) -> None:
    asked = challenge()
    author, other_author, supporter, others_supporter = (resident() for _ in range(4))
    one, other = idea(asked, author), idea(asked, other_author)
    support(supporter, one)
    support(others_supporter, other)
    with write():
        merge_id = merging.merge(one, other, actor=None, reason="The same")
    joined = f"Joined with CV-{other}: the two say the same."
    assert headlines(author) == headlines(supporter) == [joined]
    assert headlines(other_author) == [f"Joined with CV-{one}: the two say the same."]
    assert headlines(others_supporter) == []
    client.sign_in(supporter)
    assert f'href="/ideas/CV-{one}"' in client.get("/news").text
    with write():
        answering.cast(supporter, other, "none")
        merging.unmerge(merge_id, actor=None)
    assert headlines(author) == headlines(supporter) == headlines(other_author) == []


@pytest.mark.usefixtures("app")
def test_ideas_that_stand_apart_again_are_news_but_not_where_it_was_a_slip() -> None:
    place, author = challenge(), resident()
    for later, told in ((timedelta(minutes=5), False), (timedelta(days=3), True)):
        number, into = idea(place, author), idea(place)
        with write():
            merge_id = merging.merge(number, into, actor=None, reason="")
        with clock.at(clock.now() + later), write():
            merging.unmerge(merge_id, actor=None)
        rows = select(NewsItem.id).where(NewsItem.idea_id == number, NewsItem.kind == APART)
        assert (db.session.execute(rows).first() is not None) is told
