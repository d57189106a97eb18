"""From which age people take part is the council's to say, from 13 on."""

import pytest

from citizen_voice import clock
from citizen_voice.accounts import ages
from citizen_voice.db import write
from tests.accounts.walk import ask, enter, is_signed_in, letter
from tests.client import Client


def at_the_question(client: Client, minimum: int) -> str:
    with write():
        ages.set_rule(ages.TAKING_PART, minimum, clock.today(), actor=None)
    ask(client)
    enter(client, letter().code)
    return client.get("/sign-in/age").text


@pytest.mark.parametrize(
    ("minimum", "asked", "not_asked"),
    [
        (13, ("Under 13", "13 to 17", "18 or over"), ()),
        (16, ("Under 16", "16 to 17", "18 or over"), ("13 to 17",)),
        (18, ("Under 18", "18 or over"), ("to 17",)),
    ],
)
def test_the_question_goes_by_the_council_s_age(
    client: Client, minimum: int, asked: tuple[str, ...], not_asked: tuple[str, ...]
) -> None:
    html = at_the_question(client, minimum)
    assert all(words in html for words in asked)
    assert not any(words in html for words in not_asked)


def test_a_group_that_is_not_offered_is_refused(client: Client) -> None:
    at_the_question(client, 18)
    assert client.post("/sign-in/age", data={"age": "teen"}).status_code == 422
    assert not is_signed_in(client)
