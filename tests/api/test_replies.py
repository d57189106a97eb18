"""All replies to a comment, a page at a time: as its page shows them."""

import pytest

from citizen_voice.challenges.models import BEFORE
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services as pilots
from tests.api.conftest import Site
from tests.api.generic import Api
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, remark, reply
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, owner_of, shortlisted


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_every_reply_comes_once_and_in_its_order(client: Client, site: Site, limit: int) -> None:
    key = comment(site.ideas[3])
    said = [str(reply(key)) for _ in range(9)]
    api = Api(client)
    (top,) = api.ask("comments", ref=f"CV-{site.ideas[3]}").get_json()["comments"]
    assert [each["id"] for each in top["replies"]] == said[:3]
    assert top["all_replies"].endswith(f"/api/v1/comments/{key}/replies")
    pages = list(api.pages("replies", comment_id=key, limit=limit))
    assert [each["id"] for page in pages for each in page["replies"]] == said
    assert {page["total"] for page in pages} == {9} == {top["replies_in_all"]}
    assert pages[0]["replies"][0] == top["replies"][0]
    assert client.get(top["all_replies"]).status_code == 200


def test_a_comment_without_replies_has_an_empty_list(client: Client, site: Site) -> None:
    key = comment(site.ideas[3])
    found = Api(client).ask("replies", comment_id=key).get_json()
    assert found == {"replies": [], "total": 0, "next": None}


def test_replies_to_what_is_said_of_a_trial_are_there_too(client: Client, site: Site) -> None:
    pilot = a_pilot(*shortlisted([site.ideas[5]]))
    key = remark(pilot)
    said = reply(key)
    api = Api(client)
    (found,) = api.ask("replies", comment_id=key).get_json()["replies"]
    assert found["id"] == str(said)
    other = a_pilot(*shortlisted([site.ideas[6]]))
    gone = remark(other)
    with write():
        pilots.cancel(other, actor=owner_of(other))
    assert api.ask("replies", comment_id=gone).status_code == 404


def test_taken_away_and_hidden_replies_are_not_told(client: Client, site: Site) -> None:
    author, key = resident(name="Megan"), comment(site.ideas[3])
    first, second, third = (reply(key, author, body=f"Word {at}.") for at in range(3))
    with write():
        comments.remove(first, author)
    with write():
        comments.hide(second, actor=None, reason="Names somebody")
    answer = Api(client).ask("replies", comment_id=key)
    assert [each["id"] for each in answer.get_json()["replies"]] == [str(third)]
    assert answer.get_json()["total"] == 1
    assert not any(f"Word {at}." in answer.text for at in range(2))


def test_where_the_page_shows_no_comments_there_are_none(client: Client, site: Site) -> None:
    author, api = resident(), Api(client)
    hidden, back, stays = idea(site.first), idea(site.first, author), site.ideas[4]
    keys = {number: comment(number) for number in (hidden, back)}
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
    with write():
        ideas.withdraw(back, author, why="happened", words="", language="en")
    assert api.ask("replies", comment_id=keys[hidden]).status_code == 410
    assert api.ask("replies", comment_id=keys[back]).status_code == 404
    taken = comment(stays, author)
    with write():
        comments.remove(taken, author)
    assert api.ask("replies", comment_id=taken).status_code == 404
    answered = comment(stays)
    assert api.ask("replies", comment_id=reply(answered)).status_code == 404
    careful = idea(challenge(moderation=BEFORE))
    with write():
        ideas.publish(careful, actor=None)
    assert api.ask("replies", comment_id=comment(careful)).status_code == 404
    for nobodys in ("01890000-0000-7000-8000-0000000000ff", "x", "CV-1001"):
        assert api.ask("replies", comment_id=nobodys).status_code == 404


def test_comments_of_a_joined_idea_are_those_of_the_one_that_stays(
    client: Client, site: Site
) -> None:
    number = idea(site.first)
    key = comment(number)
    said = reply(key)
    joined(number, site.ideas[3])
    (found,) = Api(client).ask("replies", comment_id=key).get_json()["replies"]
    assert found["id"] == str(said)


@pytest.mark.parametrize("query", ["after=x", "limit=0", "limit=101", "order=oldest"])
def test_what_cannot_be_asked_is_refused(client: Client, site: Site, query: str) -> None:
    path = f"/api/v1/comments/{site.comments[0]}/replies?{query}"
    assert client.get(path).status_code == 400
