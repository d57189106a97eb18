"""One calm page: what is held, why, how long, and every choice about it."""

from flask import Flask

from citizen_voice.db import write
from citizen_voice.desk import queries as desk
from citizen_voice.news import services as news
from citizen_voice.news.models import NEVER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident


def test_it_is_for_who_is_signed_in_and_nobody_keeps_it(app: Flask, client: Client) -> None:
    assert client.get("/my-data").location == "/sign-in?next=/my-data"
    client.sign_in(resident())
    answer = client.get("/my-data")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_it_counts_what_is_held_by_what_it_is_for(app: Flask, client: Client) -> None:
    author, asked = resident(), challenge()
    idea(asked, author)
    idea(asked, author)
    client.sign_in(author)
    shown = client.get("/my-data").text
    assert "<b>Your ideas</b>: 2<br>" in shown
    assert "<b>Browsers that you are signed in with</b>: 1<br>" in shown
    assert "On this basis in law: Our public task" in shown


def test_every_right_has_its_way_from_there(app: Flask, client: Client) -> None:
    client.sign_in(resident())
    shown = client.get("/my-data").text
    for address in (
        "/my-data/choices",
        "/my-data/copy",
        "/me",
        "/me/leave",
        "/my-data/ask",
        "/my-data/complain",
        "/privacy",
    ):
        assert f'href="{address}"' in shown, address
        assert client.get(address).status_code in {200, 303}, address


def test_what_was_asked_stands_there_with_the_day_by_which_it_is_answered(
    app: Flask, client: Client
) -> None:
    who = resident()
    client.sign_in(who)
    sent = client.send("/my-data/ask", {"kind": "rectification", "words": "My street is wrong."})
    assert sent.status_code == 303, sent.text
    (own,) = desk.of_person(who)
    shown = client.get("/my-data").text
    assert f'href="/my-data/asked/{own.ref}"' in shown
    assert "We answer by" in shown


def test_the_choice_of_news_stands_beside_those_of_consent(app: Flask, client: Client) -> None:
    who = resident()
    client.sign_in(who)
    assert "<dd><b>Straight away</b></dd>" in client.get("/my-data").text
    with write():
        news.choose(who, NEVER)
    assert "<dd><b>Never</b></dd>" in client.get("/my-data").text


def test_under_18s_are_offered_no_newsletter(app: Flask, client: Client) -> None:
    client.sign_in(resident(age="teen"))
    shown = client.get("/my-data").text
    assert "Newsletter by e-mail" not in shown
    assert "News of what you took part in" in shown
