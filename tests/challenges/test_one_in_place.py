"""One idea at a time: in place, where something has changed meanwhile, and the way there."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.site.models import SiteSettings
from citizen_voice.web import pagination
from tests.challenges.one import asked_about, reply, skip_link, three
from tests.client import HTMX, Client, token_in
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.habits.marks import once
from tests.habits.statements import counted


@pytest.mark.parametrize("value", ["support", "oppose", "skip"])
def test_with_htmx_the_next_idea_comes_in_place(client: Client, value: str) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
    assert number is not None
    answer = reply(client, number, value, HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="one"')
    assert answer.headers["HX-Replace-Url"] == f"/challenges/{made.slug}/next?last=CV-{number}"
    assert "data-focus" in answer.text
    assert asked_about(answer.text) not in (None, number)
    again = reply(client, number, "none", HTMX)
    assert asked_about(again.text) == number
    assert 'data-announce="Taken back."' in again.text


def test_a_challenge_that_closed_meanwhile_says_so(client: Client) -> None:
    made = challenge()
    number = three(made)[0]
    client.sign_in(resident())
    close(made)
    for headers, status in (({}, 422), (HTMX, 200)):
        answer = reply(client, number, "support", headers)
        assert answer.status_code == status
        assert (
            "This challenge has closed, so answers can’t change any more."
            in answer.text.replace("&#39;", "’")
        )
        assert asked_about(answer.text) is None
    assert figures(number) == (0, 0, 0)


def test_an_idea_hidden_meanwhile_is_passed_by(client: Client) -> None:
    made = challenge()
    number = three(made)[0]
    client.sign_in(resident())
    with write():
        services.hide(number, actor=None, reason="Names somebody")
    answer = reply(client, number, "support", HTMX)
    assert answer.status_code == 200
    assert "That idea is not there any more." in answer.text
    assert asked_about(answer.text) not in (None, number)


def test_an_answer_that_is_none_shows_the_idea_again(client: Client) -> None:
    number = idea()
    client.sign_in(resident())
    answer = reply(client, number, "maybe")
    assert answer.status_code == 422
    assert "Choose one of the answers." in answer.text
    assert asked_about(answer.text) == number


def test_challenges_without_ideas_before_and_after(client: Client) -> None:
    empty, closed = challenge(), challenge()
    idea(closed)
    close(closed)
    assert "No ideas yet. Be the first." in client.get(f"/challenges/{empty.slug}/next").text
    assert "This challenge is closed" in client.get(f"/challenges/{closed.slug}/next").text
    unpublished = challenge(published=False)
    assert client.get(f"/challenges/{unpublished.slug}/next").status_code == 404
    assert client.get("/challenges/nowhere/next").status_code == 404


def test_a_challenge_not_yet_open_says_when(client: Client) -> None:
    made = challenge(opens=clock.today() + timedelta(days=3))
    page = client.get(f"/challenges/{made.slug}/next")
    assert page.status_code == 200
    assert "Answers are not open yet" in page.text


@once
@pytest.mark.parametrize(
    "after", ["x", "bm9uZQ", pagination.encode(1), pagination.encode(0, 99, 0, 1), "1" * 3_000]
)
def test_a_place_that_cannot_be_is_refused(client: Client, after: str) -> None:
    made = challenge()
    idea(made)
    answer = client.get(f"/challenges/{made.slug}/next", query_string={"after": after})
    assert answer.status_code == 400


def test_a_place_of_yesterday_begins_anew(client: Client) -> None:
    made = challenge()
    three(made)
    page = client.get(f"/challenges/{made.slug}/next").text
    link = skip_link(page)
    with write():
        db.session.execute(update(SiteSettings).values(fair_offset=SiteSettings.fair_offset + 1))
    answer = client.get(link)
    assert answer.status_code == 303
    assert answer.location == f"/challenges/{made.slug}/next"
    assert parse_qs(urlsplit(answer.location).query) == {}


def test_the_way_there_is_on_the_challenge_and_the_home_page(client: Client) -> None:
    made = challenge()
    address = f'href="/challenges/{made.slug}/next"'
    assert address not in client.get(f"/challenges/{made.slug}").text
    assert address not in client.get("/").text
    idea(made)
    assert address in client.get(f"/challenges/{made.slug}").text
    assert address in client.get("/").text


def test_an_answer_in_place_takes_few_statements(client: Client) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    for _ in range(2):
        number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
        client.csrf = token_in(client.get("/").text)
        with counted() as statements:
            assert reply(client, number or 0, "support", HTMX).status_code == 200
        assert len(statements) <= 2 + 5, str(statements)
    with counted() as statements:
        client.get(f"/challenges/{made.slug}/next?last=CV-{number}")
    assert len(statements) <= 2 + 4, str(statements)
