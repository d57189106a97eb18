"""Of somebody too young nothing is kept."""

from flask import Flask
from sqlalchemy import select

from citizen_voice.db import db
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, answer_as_visitor, ask, enter, is_signed_in, letter
from tests.client import Client
from tests.factories.ideas import figures, idea


def test_somebody_too_young_leaves_nothing_behind(client: Client) -> None:
    number = idea()
    answer_as_visitor(client, number, "support")
    ask(client)
    client.post("/sign-in/code/again")
    enter(client, letter().code)
    told = client.post("/sign-in/age", data={"age": "younger"})
    assert told.status_code == 200
    assert "Ask a grown-up to help" in told.text
    assert told.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("pending") is None
    assert figures(number) == (0, 0, 0)
    assert everything_held_contains(ADDRESS) == []
    assert everything_held_contains("younger") == []
    assert walk.under_way() == []
    assert not is_signed_in(client)
    assert client.get("/sign-in/age").location == "/sign-in"


def test_somebody_too_young_is_forgotten_in_every_browser_where_they_began(
    app: Flask, client: Client
) -> None:
    ask(walk.another(app))
    ask(client)
    enter(client, letter().code)
    client.post("/sign-in/age", data={"age": "younger"})
    assert everything_held_contains(ADDRESS) == []


def everything_held_contains(text: str) -> list[str]:
    """The tables in which some row holds this text."""
    db.session.rollback()
    return [
        table.name
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        if any(text in str(value) for value in row)
    ]
