"""Who left can be told apart inside one conversation, and not be followed to another."""

import re
from uuid import UUID

from citizen_voice.accounts import erasures
from citizen_voice.db import write
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.people import resident

NAME = re.compile(r"Former participant(?: \d+)?")


def erased(*people: UUID) -> None:
    """They delete their accounts; what they wrote stays."""
    for person in people:
        with write():
            erasures.erase(person, remove_words=False)


def names(client: Client, number: int, *said: UUID) -> list[str]:
    """The names of former participants beside these comments."""
    page = client.get(f"/ideas/CV-{number}").text
    found = []
    for key in said:
        part = page[page.index(f'id="comment-{key}"') :]
        match = NAME.search(part)
        found.append(match.group() if match else "")
    return found


def test_the_same_former_participant_has_the_same_number_in_one_conversation(
    client: Client,
) -> None:
    one, two = resident(), resident()
    number = idea(challenge())
    first, second = comment(number, one), comment(number, two)
    again = reply(second, one)
    erased(two, one)
    assert names(client, number, first, second, again) == [
        "Former participant 1",
        "Former participant 2",
        "Former participant 1",
    ]


def test_numbers_follow_nobody_from_one_idea_to_another(client: Client) -> None:
    one, two = resident(), resident()
    both, alone = idea(challenge()), idea(challenge())
    comment(both, one)
    here, there = comment(both, two), comment(alone, two)
    erased(one, two)
    assert names(client, both, here) == ["Former participant 2"]
    assert names(client, alone, there) == ["Former participant 1"]


def test_who_wrote_the_idea_has_the_name_that_stands_above_it(client: Client) -> None:
    author, other = resident(), resident()
    number = idea(challenge(), author=author)
    own, further = comment(number, author), comment(number, other)
    erased(author, other)
    assert names(client, number, own, further) == ["Former participant", "Former participant 1"]
