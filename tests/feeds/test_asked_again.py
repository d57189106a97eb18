"""Readers ask each hour: who has a feed is told so, and it costs little."""

import pytest
from flask import Flask

from citizen_voice.answers import services as answers
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import dialect, write
from citizen_voice.ideas.queries.choices import names
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, said, shortlisted
from tests.feeds.reading import CHANGES, IDEAS, parsed
from tests.habits.statements import counted

MOST, MOST_TO_SEARCH = 3, 4


@pytest.fixture
def asked(app: Flask) -> Challenge:
    return challenge()


@pytest.fixture
def addresses(asked: Challenge) -> list[str]:
    """A feed of each kind."""
    trial = a_pilot(*shortlisted([idea(asked)]))
    return [
        IDEAS,
        CHANGES,
        f"/feeds/challenges/{asked.slug}.atom",
        f"/feeds/challenges/{asked.slug}/changes.atom",
        f"/feeds/pilots/CVT-{trial}.atom",
        f"/cy{IDEAS}",
        f"{IDEAS}?q=bench",
    ]


def test_who_has_it_is_not_sent_it_again(client: Client, addresses: list[str]) -> None:
    client.set_cookie("passes", "by")  # else what is in front of the app answers
    for address in addresses:
        first = client.get(address)
        tag = first.headers["ETag"]
        for known in (tag, f'"other", {tag}', f'W/"x",{tag} , "y"', tag.removeprefix("W/"), "*"):
            again = client.get(address, headers={"If-None-Match": known})
            assert (again.status_code, again.data) == (304, b""), (address, known)
            assert again.headers["ETag"] == tag
            assert again.headers["Access-Control-Allow-Origin"] == "*"
        for unknown in ('"other"', "nonsense", '"a", "b"', ""):
            again = client.get(address, headers={"If-None-Match": unknown})
            assert (again.status_code, again.data) == (200, first.data)


def test_it_says_what_it_is(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        assert "Vary" not in answer.headers
        head = client.head(address)
        assert (head.status_code, head.data) == (200, b"")
        for name in ("ETag", "Content-Type", "Content-Length"):
            assert head.headers[name] == answer.headers[name]
        assert client.post(address).status_code in (403, 405)


def test_it_is_the_same_for_who_is_signed_in(client: Client, addresses: list[str]) -> None:
    before = [client.get(address).data for address in addresses]
    client.sign_in(resident())
    assert [client.get(address).data for address in addresses] == before


def test_answers_do_not_make_it_another(client: Client, addresses: list[str]) -> None:
    number, reader = idea(), resident()
    before = [client.get(address) for address in addresses]
    with write():
        answers.cast(reader, number, "support")
    for address, first in zip(addresses, before, strict=True):
        again = client.get(address)
        assert (again.headers["ETag"], again.data) == (first.headers["ETag"], first.data)


def test_few_statements_however_many_entries(
    client: Client, asked: Challenge, addresses: list[str]
) -> None:
    few = costs(client, addresses)
    made = [idea(asked, body=f"Number {number}") for number in range(12)]
    for number in made:
        said(a_pilot(*shortlisted([number])))
    for _ in range(5):
        said(1)
    assert costs(client, addresses) == few
    front = 1 if dialect() == "postgresql" else 0
    dear = {address: cost - front for address, cost in few.items() if cost - front > MOST}
    assert dear.keys() <= {f"{IDEAS}?q=bench"}, dear
    assert all(cost <= MOST_TO_SEARCH for cost in dear.values()), dear


def costs(client: Client, addresses: list[str]) -> dict[str, int]:
    """The statements of each, when names are known and somebody has just answered."""
    number, found = idea(), {}
    for address in addresses:
        client.get(address)
        names()
        person = resident()
        with write():
            answers.cast(person, number, "support")
        with counted() as statements:
            parsed(client.get(address))
        found[address] = len(statements)
    return found
