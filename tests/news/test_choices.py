"""Straight away, weekly, never: chosen on a page, or by a letter's link without signing in."""

from flask import Flask
from flask.testing import FlaskClient

from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.news import queries
from citizen_voice.news.tokens import token_of
from tests.client import Client, FormFinder
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.habits.rows import everything
from tests.news.post import back, choose, mails, work


def test_the_choice_is_made_on_a_page_that_my_data_and_the_news_lead_to(client: Client) -> None:
    person = resident()
    assert client.get("/news/choices").status_code == 303
    client.sign_in(person)
    for address in ("/me", "/news"):
        assert 'href="/news/choices"' in client.get(address).text
    page = client.get("/news/choices").text
    assert 'value="now" checked' in page
    answer = client.send("/news/choices", {"mail": "weekly"})
    assert "Saved." in client.get(answer.location).text
    assert queries.choice(person) == "weekly"
    assert 'value="weekly" checked' in client.get("/news/choices").text
    refused = client.send("/news/choices", {"mail": "hourly"})
    assert refused.status_code == 422
    assert "Choose how you want to hear." in refused.text
    assert queries.choice(person) == "weekly"


def test_a_mail_program_stops_the_letters_by_a_post_without_a_cookie(app: Flask) -> None:
    supporter, one, other = resident(), idea(), idea()
    back(supporter, one, other)
    reply(one)
    work()
    address = str(mails(supporter)[0].unsubscribe).removeprefix(app.config["BASE_URL"])
    program = app.test_client()
    answer = FlaskClient.open(
        program, address, method="POST", data={"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert queries.choice(supporter) == "never"
    reply(other)
    work()
    assert len(mails(supporter)) == 1


def test_to_open_the_link_changes_nothing_and_its_page_offers_all_three(client: Client) -> None:
    person = resident()
    choose(person, "weekly")
    address = f"/unsubscribe/{token_of(person)}"
    before = everything()
    page = client.get(address)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert everything() == before
    forms = [each for each in FormFinder(page.text).forms if each["action"] == address]
    assert [form["fields"]["mail"] for form in forms] == ["never", "weekly"]
    answer = client.post(address, data={"mail": "never"})
    assert "We send you no more news by e-mail." in answer.text
    assert queries.choice(person) == "never"
    answer = client.post(address, data={"mail": "now"})
    assert "You hear straight away." in answer.text
    assert queries.choice(person) == "now"
    assert client.get(f"/cy{address}").status_code == 200


def test_a_link_that_was_tampered_with_or_of_somebody_who_left_is_not_there(
    client: Client,
) -> None:
    person, gone = resident(), resident()
    token = token_of(person)
    left = token_of(gone)
    with write():
        accounts.leave(gone, remove_words=False)
    changed = ("B" if token[0] != "B" else "C") + token[1:]
    for wrong in (changed, token[:-2], token + "x", "nonsense", left):
        assert client.get(f"/unsubscribe/{wrong}").status_code == 404
        assert client.post(f"/unsubscribe/{wrong}").status_code == 404
    assert queries.choice(person) == "now"
