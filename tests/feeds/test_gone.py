"""What nobody may read any more is in no feed, with the next request."""

from collections.abc import Callable
from uuid import UUID

import pytest

from citizen_voice.accounts import erasures
from citizen_voice.answers import services as answers
from citizen_voice.db import write
from citizen_voice.ideas import services
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.feeds.reading import IDEAS, feed, on_page, refs
from tests.ideas.writing import edit

SECRET = "Ask Ada of Mill Lane"


def hide(number: int, _author: UUID) -> None:
    with write():
        services.hide(number, actor=None, reason="Names somebody")


def withdraw(number: int, author: UUID) -> None:
    with write():
        services.withdraw(number, author, why="happened", words="", language="en")


def join(number: int, _author: UUID) -> None:
    joined(number, idea(title="The other"))


@pytest.mark.parametrize("away", [hide, withdraw, join])
def test_an_idea_that_is_not_listed_any_more(
    client: Client, away: Callable[[int, UUID], None]
) -> None:
    author, asked = resident(name="Megan"), challenge()
    number = idea(asked, author, title=SECRET, body="At number 4.")
    addresses = (
        IDEAS,
        f"/cy{IDEAS}",
        f"{IDEAS}?q=mill",
        f"{IDEAS}?stage=open",
        f"/feeds/challenges/{asked.slug}.atom",
        f"/cy/feeds/challenges/{asked.slug}.atom?q=ada",
    )
    tags = [client.get(address).headers["ETag"] for address in addresses]
    assert all(f"CV-{number}" in refs(client, address) for address in addresses)
    away(number, author)
    for address, seen in zip(addresses, tags, strict=True):
        answer = client.get(address, headers={"If-None-Match": seen})
        assert answer.status_code == 200
        for word in (SECRET, "number 4", "Megan"):
            assert word not in answer.text, (address, word)
        assert f"CV-{number}" not in refs(client, address)


def test_one_that_is_shown_again_has_its_name(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    before = feed(client, IDEAS).entries[0].id
    hide(number, author)
    assert feed(client, IDEAS).entries == []
    with write():
        services.publish(number, actor=None)
    assert feed(client, IDEAS).entries[0].id == before


def test_one_that_is_held_and_an_edit_that_waits(client: Client) -> None:
    author, asked = resident(), challenge(moderation="newcomers")
    number = idea(asked, author, title=SECRET)
    assert refs(client) == []
    edit(number, author, "Ask the neighbours")
    with write():
        services.publish(number, actor=None)
    answer = client.get(IDEAS).text
    assert "Ask the neighbours" in answer
    assert SECRET not in answer


@pytest.mark.parametrize("words", [True, False])
def test_who_left_is_named_no_longer(client: Client, words: bool) -> None:
    author = resident(name="Megan")
    number = idea(author=author, title="A bench", body="At number 4.")
    other = resident()
    with write():
        answers.cast(other, number, "support")
    assert feed(client, IDEAS).entries[0].author == "Megan"
    with write():
        erasures.erase(author, remove_words=words)
    answer = client.get(IDEAS)
    assert "Megan" not in answer.text
    assert ("number 4" in answer.text) != words
    assert refs(client) == on_page(client, "/ideas?order=newest")
    if not words:
        assert feed(client, IDEAS).entries[0].author == "Former participant"
