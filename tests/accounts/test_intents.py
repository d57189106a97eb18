"""What a visitor was about to do is done once they are signed in, and nothing else is."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.web.access import SAFE_METHODS
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, answer_as_visitor, ask, enter, is_signed_in, letter
from tests.client import HTMX, Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident

WORDS = {
    "title": "A bench at the bus stop",
    "body": "So that people can rest.",
    "lang": "en",
    "place": "",
}


BUTTONS = ("_language", "_preview", "_draft", "csrf_token")


@pytest.mark.parametrize(
    ("value", "counted", "words"),
    [("support", (1, 0, 0), "Support ‘Safer crossing’"), ("oppose", (0, 1, 0), "not for me")],
)
def test_an_answer_survives_signing_in_and_lands_on_the_idea(
    client: Client, value: str, counted: tuple[int, int, int], words: str
) -> None:
    number = idea(title="Safer crossing")
    answer_as_visitor(client, number, value)
    assert words in client.get("/sign-in").text
    assert figures(number) == (0, 0, 0)
    landed = walk.sign_in(client)
    assert landed.status_code == 303
    assert landed.location == f"/ideas/CV-{number}?done=answered#answer"
    assert figures(number) == counted
    shown = client.get(landed.location).text
    assert "Counted." in shown


def test_a_member_who_comes_back_is_answered_without_the_age_question(client: Client) -> None:
    resident(email=ADDRESS)
    number = idea()
    answer_as_visitor(client, number, "support")
    ask(client)
    assert enter(client, letter().code).location.startswith(f"/ideas/CV-{number}?done=answered")
    assert figures(number) == (1, 0, 0)


def test_the_intent_survives_wrong_codes_a_code_that_ran_out_and_another_address(
    client: Client,
) -> None:
    resident(email=ADDRESS)
    number = idea()
    answer_as_visitor(client, number, "support")
    ask(client, "slip@example.org")
    ask(client)
    enter(client, "nonsense")
    with clock.at(clock.now() + timedelta(minutes=11)):
        enter(client, letter().code)
        client.post("/sign-in/code/again")
        enter(client, letter().code)
    assert figures(number) == (1, 0, 0)


def test_an_idea_with_everything_typed_survives_and_asks_the_name_at_its_own_address(
    client: Client,
) -> None:
    asked = challenge()
    where = f"/challenges/{asked.slug}/suggest"
    assert client.post(where, data=WORDS).location == "/sign-in"
    assert "Publish ‘A bench at the bus stop’" in client.get("/sign-in").text
    landed = walk.sign_in(client)
    assert landed.status_code == 422
    assert "A bench at the bus stop" in landed.text
    assert "So that people can rest." in landed.text
    form = next(f for f in FormFinder(landed.text, "/sign-in/age").forms if "title" in f["fields"])
    assert form["action"] == where
    typed = form["fields"] | {"name": "Ada", "lang": "en"}
    sent = {name: value for name, value in typed.items() if name not in BUTTONS}
    published = client.send(form["action"], sent)
    assert published.location.endswith("?done=published")


def test_an_idea_of_somebody_with_a_name_is_published_by_signing_in(client: Client) -> None:
    resident(email=ADDRESS)
    asked = challenge()
    client.post(f"/challenges/{asked.slug}/suggest", data=WORDS)
    landed = walk.sign_in(client)
    assert landed.location.endswith("?done=published")
    assert "So that people can rest." in client.get(landed.location).text


def test_when_the_challenge_closed_meanwhile_they_are_told_and_signed_in(client: Client) -> None:
    asked = challenge()
    number = idea(asked)
    answer_as_visitor(client, number, "support")
    close(asked)
    landed = walk.sign_in(client)
    assert landed.status_code == 422
    assert "This challenge has closed" in landed.text
    assert is_signed_in(client)
    assert figures(number) == (0, 0, 0)


def test_an_idea_whose_challenge_closed_meanwhile_is_given_back(client: Client) -> None:
    resident(email=ADDRESS)
    asked = challenge()
    client.post(f"/challenges/{asked.slug}/suggest", data=WORDS)
    close(asked)
    landed = walk.sign_in(client)
    assert landed.status_code == 422
    assert "has closed meanwhile" in landed.text
    assert "So that people can rest." in landed.text
    assert is_signed_in(client)


def test_when_the_idea_was_hidden_meanwhile_they_can_sign_in_all_the_same(client: Client) -> None:
    number = idea(title="Names somebody")
    answer_as_visitor(client, number, "support")
    with write():
        ideas.hide(number, actor=None, reason="Names somebody")
    shown = client.get("/sign-in")
    assert shown.status_code == 200
    assert "Names somebody" not in shown.text
    landed = walk.sign_in(client)
    assert landed.status_code in (404, 410)
    assert is_signed_in(client)
    assert figures(number) == (0, 0, 0)


def test_an_answer_to_an_idea_that_never_was_locks_nobody_out_of_signing_in(
    client: Client,
) -> None:
    answer_as_visitor(client, 99_999, "support")
    assert client.get("/sign-in").status_code == 200
    assert walk.sign_in(client).status_code == 404
    assert is_signed_in(client)


def test_begun_in_another_browser_only_its_own_wishes_are_done(app: Flask, client: Client) -> None:
    resident(email=ADDRESS)
    number = idea()
    answer_as_visitor(client, number, "support")
    ask(client)
    elsewhere = walk.another(app)
    elsewhere.post(letter().link)
    assert is_signed_in(elsewhere)
    assert figures(number) == (0, 0, 0)


def test_an_htmx_answer_of_a_visitor_sends_the_whole_page_to_the_sign_in(client: Client) -> None:
    number = idea()
    answered = client.post(
        f"/ideas/CV-{number}/answer", data={"value": "support", "from": "list"}, headers=HTMX
    )
    assert (answered.status_code, answered.headers["HX-Redirect"]) == (204, "/sign-in")
    walk.sign_in(client)
    assert figures(number) == (1, 0, 0)


@pytest.mark.usefixtures("client")
def test_what_a_lost_session_wanted_with_its_account_is_never_done_by_who_comes_next(
    app: Flask,
) -> None:
    """On a shared computer the next person must not finish what the last one began unseen."""
    for number, (address, fields) in enumerate(
        (
            ("/me/leave", {"words": "remove"}),
            ("/me/name", {"name": "Somebody Else"}),
            ("/me/email", {"email": "else@example.org"}),
            ("/me/sessions/end-others", {}),
            ("/sign-out", {}),
        )
    ):
        browser, me = walk.another(app), f"next{number}@example.org"
        sent = browser.post(
            address, data=fields, headers={"Referer": "http://localhost/cy/me?done=signed-in"}
        )
        assert sent.location == "/sign-in?next=/cy/me?done%3Dsigned-in"
        browser.post(sent.location, data={"email": me, "notice": "1"})
        enter(browser, letter(me).code)
        landed = browser.post("/sign-in/age", data={"age": "adult"})
        assert landed.location == "/cy/me?done=signed-in"
        assert is_signed_in(browser)
        row = walk.person(me)
        assert row is not None
        assert row.display_name is None


def test_signing_in_by_itself_answers_and_publishes_nothing(client: Client) -> None:
    idea()
    walk.sign_in(client)
    for table in (Answer, Idea):
        count = db.session.execute(select(func.count()).select_from(table)).scalar_one()
        assert count == (1 if table is Idea else 0)


def test_only_forms_that_say_what_they_do_are_carried_through_the_sign_in(app: Flask) -> None:
    carried = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - SAFE_METHODS
        and hasattr(app.view_functions[rule.endpoint], "describe_intent")
    }
    assert carried == {
        "answers.answer",
        "comments.create",
        "comments.create_on_pilot",
        "comments.edit",
        "comments.remove",
        "comments.reply",
        "consent.choose",
        "desk.ask",
        "desk.complain",
        "comments.restore",
        "following.idea",
        "following.pilot",
        "ideas.bring_back",
        "ideas.create",
        "ideas.edit",
        "ideas.withdraw",
        "merging.not_mine",
        "moderation.appeal",
        "news.choices",
        "news.seen",
    }


def test_a_sign_in_row_of_a_visitor_holds_no_address_until_they_give_one(client: Client) -> None:
    answer_as_visitor(client, idea(), "support")
    (row,) = walk.under_way()
    assert (row.email, row.code_hash, row.next) == (None, None, "")
    assert re.fullmatch(r"[\w-]{43}", client.get_cookie("pending").value)  # type: ignore[union-attr]
    assert row.token_hash != client.get_cookie("pending").value.encode()  # type: ignore[union-attr]
    assert row.expires_at - row.created_at == accounts.PENDING_LASTS


def test_what_they_were_about_to_do_is_said_in_words_and_nothing_else(app: Flask) -> None:
    hostile = "<script>alert(1)</script> & \"'"
    asked, number = challenge(), idea(title=hostile)
    for address, fields in (
        (f"/challenges/{asked.slug}/suggest", WORDS | {"title": hostile}),
        (f"/ideas/CV-{number}/answer", {"value": "support"}),
        (f"/ideas/CV-{number}/answer", {"value": hostile}),
    ):
        browser = walk.another(app)
        assert browser.post(address, data=fields).location == "/sign-in"
        page = browser.get("/sign-in").text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
