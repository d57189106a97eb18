"""What an idea said while it was held or hidden is never among what everybody may read."""

from uuid import UUID

import pytest

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import IdeaVersion
from citizen_voice.web import pagination
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.people import resident
from tests.ideas.writing import edit


def held() -> tuple[int, UUID]:
    """Held, then edited, then published."""
    author = resident()
    number = idea(challenge(moderation="newcomers"), author, title="Ask Ada of Mill Lane")
    edit(number, author, "Ask the neighbours")
    with write():
        services.publish(number, actor=None)
    return number, author


def hidden() -> tuple[int, UUID]:
    """Published, hidden for its words, edited twice, published again."""
    author = resident()
    number = idea(author=author, title="Ask Ada of Mill Lane")
    with write():
        services.hide(number, actor=None, reason="Names somebody")
    edit(number, author, "Ask Bea of Mill Lane")
    edit(number, author, "Ask the neighbours")
    with write():
        services.publish(number, actor=None)
    return number, author


@pytest.mark.parametrize("once", [held, hidden])
@pytest.mark.parametrize("reader", ["visitor", "author"])
def test_words_from_before_it_was_published_are_not_shown(
    client: Client, once: object, reader: str
) -> None:
    number, author = held() if once is held else hidden()
    if reader == "author":
        client.sign_in(author)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Ask the neighbours" in page
    assert "See what changed" not in page
    past = client.get(f"/ideas/CV-{number}/versions").text
    assert "Ask the neighbours" in past
    assert "Mill Lane" not in past
    assert "Read the first version" not in past
    since = client.get(f"/ideas/CV-{number}/versions?since=1").text
    assert "Mill Lane" not in since
    assert "What it said then is not shown any more." in since
    after = client.get(f"/ideas/CV-{number}/versions?after={pagination.encode(1)}")
    assert after.status_code == 400


def test_what_is_edited_from_then_on_can_be_read(client: Client) -> None:
    number, author = hidden()
    edit(number, author, "Ask the whole street")
    assert "See what changed" in client.get(f"/ideas/CV-{number}").text
    past = client.get(f"/ideas/CV-{number}/versions").text
    assert "neighbours" in past
    assert "whole street" in past
    assert "Mill Lane" not in past
    since = client.get(f"/ideas/CV-{number}/versions?since=3").text
    assert "Version 3 to version 4" in since


def test_who_answered_the_words_from_before_is_told_and_not_shown_them(client: Client) -> None:
    author, reader = resident(), resident()
    number = idea(author=author, title="Ask Ada of Mill Lane")
    with write():
        answering.cast(reader, number, "support")
        services.hide(number, actor=None, reason="Names somebody")
    edit(number, author, "Ask the neighbours")
    with write():
        services.publish(number, actor=None)
    client.sign_in(reader)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Edited since you answered." in page
    assert "Do you still support it?" in page
    assert "See what changed since you answered" not in page


def test_taken_back_and_brought_back_it_keeps_its_past(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    edit(number, author, "Two benches")
    with write():
        services.withdraw(number, author, why="happened", words="", language="en")
        services.bring_back(number, author)
    assert stored(number).public_from == 1
    assert "See what changed" in client.get(f"/ideas/CV-{number}").text


def test_what_nobody_reads_any_more_goes_along_with_its_author(client: Client) -> None:
    number, author = hidden()
    with write():
        accounts.leave(author, remove_words=True)
    titles = [db.session.get_one(IdeaVersion, (number, each)).title for each in (1, 2, 3)]
    assert titles == ["", "", ""]
    assert client.get(f"/ideas/CV-{number}/versions").status_code == 200
