"""What changed tells of the latest replies, one by one."""

import re
from html import unescape

import pytest
from flask import Flask

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots.becoming import MOST_LATEST
from citizen_voice.replies import services
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.habits.statements import counted


@pytest.fixture
def asked(app: Flask) -> Challenge:
    return challenge()


def told(client: Client, path: str = "/changes") -> list[str]:
    """The titles of the ideas whose replies a page tells of, in its order."""
    section = client.get(path).text.partition('id="latest-replies"')[2].partition("</section>")[0]
    found = re.findall(r'<a href="[^"]*/ideas/CV-[0-9]+#reply">(?:<span[^>]*>)?([^<]*)', section)
    return [unescape(title) for title in found]


def test_the_newest_comes_first_with_its_outcome_and_reason(
    client: Client, asked: Challenge
) -> None:
    assert told(client) == []
    reply(idea(asked, title="A bench"))
    reply(idea(asked, title="A <tree>"), outcome="already", reason_en="It was **planted** in May.")
    assert told(client) == ["A <tree>", "A bench"]
    page = client.get("/changes").text
    assert "This happens already." in page
    assert "A <tree>" not in page
    assert told(client, f"/challenges/{asked.slug}/changes") == ["A <tree>", "A bench"]
    assert told(client, f"/challenges/{challenge().slug}/changes") == []


def test_a_reply_to_many_ideas_is_told_once_and_only_the_latest_are(
    client: Client, asked: Challenge
) -> None:
    reply(*(idea(asked, title=f"Old {number}") for number in range(3)))
    assert len(told(client)) == 1
    few = cost(client)
    for number in range(MOST_LATEST):
        reply(idea(asked, title=f"New {number}"))
    assert told(client) == [f"New {number}" for number in reversed(range(MOST_LATEST))]
    assert cost(client) == few


def cost(client: Client) -> int:
    """How many statements the page sends when somebody has just committed."""
    client.get("/changes")
    resident()
    with counted() as statements:
        client.get("/changes")
    return len(statements)


def test_hidden_ideas_and_replies_that_were_taken_back_are_not_told(
    client: Client, asked: Challenge
) -> None:
    hidden, kept = idea(asked, title="Hidden"), idea(asked, title="Kept")
    number = reply(hidden)
    taken = reply(kept)
    assert told(client) == ["Kept", "Hidden"]
    with write():
        ideas.hide(hidden, actor=None, reason="A phone number.")
    assert told(client) == ["Kept"]
    with write():
        services.take_back(taken, actor=None)
    assert told(client) == []
    assert number != taken
