"""Leaving: what holds the name goes, what was counted and closed stands."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import services
from citizen_voice.accounts.models import Person
from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.db import db, write
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, is_signed_in, letters
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea


def member(client: Client, *, name: str = "Ada Lovelace") -> UUID:
    """Somebody who signed in by letter and has a name."""
    walk.sign_in(client)
    client.send("/me/name", {"name": name})
    row = walk.person()
    assert row is not None
    key: UUID = row.id
    return key


@pytest.mark.parametrize("words", ["keep", "remove"])
def test_who_leaves_takes_address_name_age_sessions_and_letters_along(
    app: Flask, client: Client, words: str
) -> None:
    key = member(client)
    phone = walk.another(app)
    walk.sign_in(phone)
    client.send("/me/email", {"email": "other@example.org"})
    answer = client.send("/me/leave", {"words": words})
    assert answer.location.startswith("/left?of=")
    assert "ada" not in answer.location.casefold()
    assert client.get_cookie("session") is None
    assert not is_signed_in(phone)
    db.session.rollback()
    row = db.session.execute(select(*Person.__table__.columns).where(Person.id == key)).one()
    assert (row.kind, row.email, row.display_name, row.age_band) == ("former", None, None, None)
    assert row.closed_at is not None
    assert letters() == []
    assert walk.under_way() == []
    assert walk.sessions_of(key) == []


@pytest.mark.parametrize("words", ["keep", "remove"])
def test_answers_go_from_open_challenges_and_stand_as_figures_in_closed_ones(
    client: Client, words: str
) -> None:
    key = member(client)
    old, new = challenge(), challenge()
    counted, open_still = idea(old), idea(new)
    own = idea(new, author=key)
    for number, value in ((counted, "oppose"), (open_still, "support"), (own, "support")):
        with write():
            answers.cast(key, number, value)
            answers.cast(resident_in(), number, value) if number != own else None
    close(old)
    client.send("/me/leave", {"words": words})
    assert figures(counted) == (0, 2, 0)
    assert figures(open_still) == (1, 0, 0)
    assert figures(own) == (0, 0, 0)
    assert recount.differences() == []


def resident_in() -> UUID:
    """Somebody else, made inside the transaction at hand."""
    return services.join(f"{uuid4()}@example.org", "adult", "en")


def test_ideas_stay_under_former_participant(client: Client) -> None:
    key = member(client)
    number = idea(author=key, title="A bench by the pond", body="To sit on.")
    client.send("/me/leave", {"words": "keep"})
    page = client.get(f"/ideas/CV-{number}")
    assert page.status_code == 200
    assert "Former participant" in page.text
    assert "Ada Lovelace" not in page.text
    assert "A bench by the pond" in page.text
    assert "A bench by the pond" in client.get("/ideas").text


def test_or_their_words_go_in_every_version(client: Client) -> None:
    key = member(client)
    number = idea(author=key, title="A bench by the pond", body="To sit on.")
    client.send(
        f"/ideas/CV-{number}/edit",
        {"title": "A bench by the lake", "body": "To rest on.", "lang": "en", "place": ""},
    )
    client.send("/me/leave", {"words": "remove"})
    page = client.get(f"/ideas/CV-{number}")
    assert page.status_code == 200
    assert "Removed by its author" in page.text
    assert "bench" not in page.text
    assert "bench" not in client.get("/ideas").text
    held = [
        table.name
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        if any("bench" in str(value) or "Lovelace" in str(value) for value in row)
    ]
    assert held == []
    assert recount.differences() == []


def test_nobody_signs_in_to_it_again_a_new_account_is_made(client: Client) -> None:
    key = member(client)
    number = idea(author=key)
    client.send("/me/leave", {"words": "keep"})
    client.csrf = None
    landed = walk.sign_in(client)
    assert landed.location == "/?done=signed-in"
    row = walk.person()
    assert row is not None
    assert row.id != key
    assert row.display_name is None
    assert client.get(f"/ideas/CV-{number}/edit").status_code == 404


def test_the_choice_has_to_be_made(client: Client) -> None:
    member(client)
    for fields in ({}, {"words": ""}, {"words": "both"}):
        answer = client.send("/me/leave", fields)
        assert answer.status_code == 422
        assert "Choose what should happen to what you wrote." in answer.text
    assert walk.person(ADDRESS) is not None
    assert is_signed_in(client)


def test_what_will_happen_is_said_before_and_what_was_deleted_after(client: Client) -> None:
    key = member(client)
    ours = challenge()
    idea(ours, author=key)
    for number in (idea(ours), idea(ours)):
        with write():
            answers.cast(key, number, "support")
    before = client.get("/me/leave").text
    for said in ("Your answers: 2", "Your ideas: 1", "The words of your ideas: 1"):
        assert said in before
    after = client.get(client.send("/me/leave", {"words": "remove"}).location)
    goes, stays = after.text.split("What stays without your name, and why")
    assert "Your answers: 2" in goes
    assert "The words of your ideas: 1" in goes
    assert "Your ideas: 1" in stays
    assert "part of the idea" in stays
    assert "Ada" not in after.text


def test_words_that_stay_are_said_to_stay(client: Client) -> None:
    key = member(client)
    idea(author=key)
    after = client.get(client.send("/me/leave", {"words": "keep"}).location).text
    goes, stays = after.split("What stays without your name, and why")
    assert "The words of your ideas" not in goes
    assert "You chose to leave your words here." in stays


@pytest.mark.parametrize("query", ["", "?words=keep", "?of=<script>", "?of=WyJrZWVwIl0.x"])
def test_what_was_deleted_is_said_by_nobody_else(client: Client, query: str) -> None:
    page = client.get(f"/left{query}")
    assert page.status_code == 200
    assert "If you have just deleted your account, it is gone" in page.text
    assert "What we deleted" not in page.text


def test_a_second_press_of_the_button_does_no_harm(client: Client) -> None:
    member(client)
    client.send("/me/leave", {"words": "keep"})
    again = client.post("/me/leave", data={"words": "keep"})
    assert again.status_code == 303
    assert again.location.startswith("/sign-in")
