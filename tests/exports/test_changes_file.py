"""What changed, as a file: replies one by one, trials, and what came of ideas."""

from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.exports import queries
from citizen_voice.pilots import services
from citizen_voice.replies import services as replies
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.exports.reading import Row, column, headings, read
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.factories.team import colleague
from tests.pilots.public_steps import begun, decided

FILE = "/exports/changes.csv"


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER)


@pytest.fixture
def asked(app: Flask) -> Challenge:
    return challenge()


def of(rows: list[Row], what: str) -> Row:
    """The one row of a kind."""
    (row,) = (each for each in rows if each["What changed"] == what)
    return row


def test_a_reply_is_told_beside_each_of_its_ideas(client: Client, asked: Challenge) -> None:
    first, second = idea(asked), idea(asked)
    reply(
        first, second, outcome="passed-on", reason_en="The rail firm runs it.", passed_to_en="TfW"
    )
    rows = read(client, FILE)
    assert sorted(column(rows, "Reference")) == sorted(f"CV-{each}" for each in (first, second))
    row = rows[0]
    assert row["Day"] == clock.today().isoformat()
    assert row["What changed"] == "The council replied"
    assert row["Words"] == (
        "This is not ours to decide, so we passed it on. Passed to: TfW The rail firm runs it."
    )
    assert row["Address"] == f"http://localhost/ideas/{row['Reference']}"


def test_what_the_page_tells_is_there(client: Client, asked: Challenge, owner: UUID) -> None:
    number = idea(asked, title="Warm benches, please")
    pilot = begun(owner, number)
    person = resident(name="Sam Price")
    thanked = comment(number, person, body="Put one by the chemist.")
    with write():
        services.thank(pilot, thanked, words_en="One stands by the chemist now.", actor=owner)
    decided(pilot, owner, "scale")
    rows = read(client, FILE)
    assert of(rows, "A trial began")["Reference"] == f"CVT-{pilot}"
    decision = of(rows, "It worked, so it goes on")
    assert decision["Title"] == "Benches that warm up"
    assert decision["Words"] == "People sit where it is warm."
    assert decision["Address"] == f"http://localhost/pilots/CVT-{pilot}"
    assert of(rows, "Changed because of you")["Words"] == "One stands by the chemist now."
    happens = of(rows, "An idea happens now")
    assert (happens["Reference"], happens["Title"]) == (f"CV-{number}", "Warm benches, please")
    page = client.get("/changes").text
    assert all(row["Title"] in page for row in rows)
    assert "Sam Price" not in client.get(FILE).text


def test_of_one_challenge(client: Client, asked: Challenge, owner: UUID) -> None:
    here, there = idea(asked), idea()
    reply(here)
    reply(there)
    pilot = begun(owner, here)
    begun(owner, there)
    rows = read(client, f"/exports/challenges/{asked.slug}/changes.csv")
    assert sorted(column(rows, "Reference")) == sorted([f"CV-{here}", f"CVT-{pilot}"])
    assert client.get("/exports/challenges/nothing/changes.csv").status_code == 404


def test_what_is_taken_back_or_hidden_is_gone_at_once(client: Client, asked: Challenge) -> None:
    hidden, again = idea(asked), idea(asked)
    reply(hidden)
    number = reply(again)
    assert len(read(client, FILE)) == 2
    decide(case(idea_id=hidden), "hide")
    assert column(read(client, FILE), "Reference") == [f"CV-{again}"]
    with write():
        replies.take_back(number, actor=None)
    assert read(client, FILE) == []


def test_every_reply_is_there_once(
    app: Flask, asked: Challenge, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [idea(asked) for _ in range(9)]
    reply(*numbers[:6])
    reply(*numbers[6:])
    whole = [row.id for row in queries.replies(None)]
    assert sorted(whole) == numbers
    monkeypatch.setattr(queries, "CHUNK", 4)
    short = queries._given.limit(4)  # the statement has its length written in
    monkeypatch.setattr(queries, "_given", short)
    assert [row.id for row in queries.replies(asked.id)] == whole


def test_in_welsh(client: Client, asked: Challenge) -> None:
    number = idea(asked)
    reply(number, reason_cy="Byddai’n costio gormod.")
    (row,) = read(client, f"/cy{FILE}")
    assert "Byddai’n costio gormod." in list(row.values())[4]
    assert list(row.values())[-1] == f"http://localhost/cy/ideas/CV-{number}"
    assert headings(client, f"/cy{FILE}")[:2] == ["Diwrnod", "Beth sydd wedi newid"]


def test_where_nothing_changed_there_are_headings(client: Client) -> None:
    assert read(client, FILE) == []
