"""Comments: who may say what, how often, and who reads it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.comments import recount, services
from citizen_voice.db import write
from citizen_voice.errors import NotHere
from tests.client import HTMX, Client, FormFinder
from tests.comments.saying import newest, said, where, words
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident


def test_a_member_comments_and_everybody_reads_it(member: Client) -> None:
    number = idea()
    sent = member.send(where(number), words())
    assert sent.status_code == 303
    assert sent.location == f"/ideas/CV-{number}?done=commented#comments"
    assert "Your comment is up." in member.get(sent.location).text
    member.delete_cookie("session")
    page = member.get(f"/ideas/CV-{number}").text
    assert "I would sit on it every day." in page
    assert "Sam Rees" in page
    assert published(number) == 1
    assert recount.differences() == []


def test_a_reply_stands_under_its_comment_and_a_reply_to_it_beside_it(member: Client) -> None:
    number = idea()
    top = comment(number, body="First.")
    sent = member.send(f"/comments/{top}/replies", words(comment="Second."))
    second = newest()
    assert sent.location == f"/comments/{second}?done=commented"
    member.send(f"/comments/{second}/replies", words(comment="Third."))
    third = newest()
    assert stored(second).parent_id == stored(third).parent_id == top
    assert stored(top).replies == 2
    assert published(number) == 3
    page = member.get(f"/ideas/CV-{number}").text
    assert page.index("First.") < page.index("Second.") < page.index("Third.")
    assert "Second." in member.get(f"/comments/{top}").text
    for each in ("First.", "Second."):
        assert each in member.get(f"/comments/{second}").text
    assert recount.differences() == []


def test_htmx_gets_the_comment_the_count_and_a_fresh_form(member: Client) -> None:
    number = idea()
    comment(number)
    sent = member.send(where(number), words(), headers=HTMX)
    assert sent.status_code == 200
    assert "<html" not in sent.text
    assert f'id="comment-{newest()}"' in sent.text
    assert 'data-announce="Your comment is up."' in sent.text
    assert 'id="comment-count" hx-swap-oob="true">2<' in sent.text
    assert 'id="comment-box"' in sent.text
    assert "Retarget" not in str(sent.headers)
    top = newest()
    sent = member.send(f"/comments/{top}/replies", words(comment="Indeed."), headers=HTMX)
    assert f'id="reply-{top}" hx-swap-oob="true"' in sent.text
    assert "Indeed." in sent.text


def test_a_visitors_comment_is_looked_at_first_and_then_kept_for_the_sign_in(
    client: Client,
) -> None:
    number = idea(title="A bench")
    refused = client.send(where(number), words(comment=""))
    assert refused.status_code == 422
    warned = client.send(where(number), words(comment="Ring 07700 900123"))
    assert warned.status_code == 422
    sent = client.send(where(number), words())
    assert sent.location == "/sign-in"
    assert "Comment on ‘A bench’" in client.get("/sign-in").text
    top = comment(number, resident(name="Jo"))
    assert client.send(f"/comments/{top}/replies", words()).location == "/sign-in"
    assert "Reply to Jo" in client.get("/sign-in").text
    htmx = client.send(where(number), words(), headers=HTMX | {"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == "/sign-in"
    assert said() == 1


def test_a_name_is_asked_for_once_and_nothing_typed_is_lost(client: Client) -> None:
    person, number = resident(name=None), idea()
    client.sign_in(person)
    assert 'name="name"' in client.get(f"/ideas/CV-{number}").text
    for name in (None, "", "The Council", "x"):
        refused = client.send(where(number), words(name=name))
        assert refused.status_code == 422
        assert "I would sit on it every day." in refused.text
    assert client.send(where(number), words(name="Heron")).status_code == 303
    page = client.get(f"/ideas/CV-{number}").text
    assert "Heron" in page
    assert 'name="name"' not in page


def test_the_same_words_within_ten_minutes_are_one_comment(app: Flask) -> None:
    author, number = resident(), idea()
    first = comment(number, author, body="Yes.")
    assert comment(number, author, body=" Yes.\r\n") == first
    assert comment(number, body="Yes.") != first
    under = reply(first, author, body="Yes.")
    assert reply(first, author, body="Yes.") == under != first
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert comment(number, author, body="Yes.") != first
    assert published(number) == 4


def test_what_was_taken_away_can_be_said_again(app: Flask) -> None:
    author, number = resident(), idea()
    first = comment(number, author, body="Yes.")
    with write():
        services.remove(first, author)
    assert comment(number, author, body="Yes.") != first
    assert published(number) == 1


def test_comments_of_the_council_are_marked(client: Client) -> None:
    number = idea()
    comment(number, body="A resident speaks.")
    assert "tag--council" not in client.get(f"/ideas/CV-{number}").text
    comment(number, body="We look into it.", by_council=True)
    assert client.get(f"/ideas/CV-{number}").text.count("tag--council") == 1


def test_somebody_who_comments_all_day_is_stopped_and_keeps_the_words(member: Client) -> None:
    number = idea()
    for each in range(30):
        assert member.send(where(number), words(comment=f"Number {each}")).status_code == 303
    stopped = member.send(where(number), words(comment="One too many"))
    assert stopped.status_code == 429
    assert "One too many" in stopped.text
    assert "very often" in stopped.text
    assert said() == 30


def test_nobody_who_is_not_there_comments(app: Flask) -> None:
    number = idea()
    with pytest.raises(NotHere), write():
        services.comment(uuid4(), number, body="Hello there", language="en")


def test_the_form_of_an_ideas_page_goes_where_comments_go(member: Client) -> None:
    number = idea()
    forms = FormFinder(member.get(f"/ideas/CV-{number}").text).forms
    form = next(each for each in forms if each["action"] == where(number))
    assert form["method"] == "post"
    assert set(form["fields"]) == {"csrf_token", "comment", "lang"}
