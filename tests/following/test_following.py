"""Following: who took part hears until they stop, anybody else from when they follow."""

import pytest
from flask import Flask

from citizen_voice.db import write
from citizen_voice.following import services
from citizen_voice.ideas import services as ideas
from citizen_voice.news import hearing, queries
from tests.client import HTMX, Client, FormFinder
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, said, shortlisted
from tests.factories.replies import reply
from tests.news.post import back, body, mails, work
from tests.news.test_news import headlines

WORDS = "The first bench is warm."


def test_an_idea_says_to_whom_that_they_hear_of_it_and_how_to_stop(client: Client) -> None:
    author, supporter, talker, other = (resident() for _ in range(4))
    number = idea(author=author)
    back(supporter, number)
    comment(number, talker)
    for person, hears in ((author, True), (supporter, True), (talker, True), (other, False)):
        assert hearing.hears_of_idea(person, number) is hears
        client.sign_in(person)
        page = client.get(f"/ideas/CV-{number}").text
        assert ("You hear of this." in page) is hears
        form = next(
            each
            for each in FormFinder(page).forms
            if each["action"] == f"/ideas/CV-{number}/follow"
        )
        assert form["fields"]["on"] == ("no" if hears else "yes")
        answer = client.send(form["action"], {"on": form["fields"]["on"]})
        assert answer.location == (
            f"/ideas/CV-{number}?done={'stopped' if hears else 'followed'}#follow"
        )
        assert ("You hear of this." in client.get(answer.location).text) is not hears
        assert hearing.hears_of_idea(person, number) is not hears
    assert queries.tells_of_ideas([number]) == 1
    reply(number)
    work()
    assert [bool(mails(person)) for person in (author, supporter, talker)] == [False] * 3
    assert "The council won’t do it." in body(other)


def test_to_stop_is_kept_when_somebody_supports_it_again(app: Flask) -> None:
    person, number = resident(), idea()
    back(person, number)
    with write():
        services.follow(person, idea_id=number, on=False)
    back(person, number)
    reply(number)
    assert headlines(person) == []


def test_the_button_answers_in_place_and_refuses_what_is_neither(client: Client) -> None:
    person, number = resident(), idea()
    client.sign_in(person)
    answer = client.send(f"/ideas/CV-{number}/follow", {"on": "yes"}, headers=HTMX)
    assert "You hear of this." in answer.text
    assert "<html" not in answer.text
    assert "data-focus" in answer.text
    answer = client.send(f"/ideas/CV-{number}/follow", {"on": "no"}, headers=HTMX)
    assert ">Follow</button>" in answer.text
    assert client.send(f"/ideas/CV-{number}/follow", {"on": "maybe"}).status_code == 422
    assert client.send("/ideas/CV-999999/follow", {"on": "yes"}).status_code == 404
    with write():
        ideas.hide(number, actor=None, reason="A name")
    assert client.send(f"/ideas/CV-{number}/follow", {"on": "yes"}).status_code in (404, 410)


def test_what_a_visitor_wants_to_follow_is_said_when_they_sign_in(client: Client) -> None:
    number = idea(title="A pond")
    page = client.get(f"/ideas/CV-{number}").text
    assert ">Follow</button>" in page
    answer = client.post(f"/ideas/CV-{number}/follow", data={"on": "yes"})
    assert answer.status_code == 303
    assert "Follow ‘A pond’" in client.get(answer.location).text


def test_a_trial_is_followed_and_stopped_alike(client: Client) -> None:
    supporter, other, talker = resident(), resident(), resident()
    number = idea()
    back(supporter, number)
    pilot = a_pilot(*shortlisted((number,)))
    assert queries.tells_of_pilot(pilot) == 2
    assert hearing.hears_of_pilot(supporter, pilot)
    assert not hearing.hears_of_pilot(other, pilot)
    client.sign_in(other)
    answer = client.send(f"/pilots/CVT-{pilot}/follow", {"on": "yes"})
    assert answer.location == f"/pilots/CVT-{pilot}?done=followed#follow"
    client.sign_in(supporter)
    client.send(f"/pilots/CVT-{pilot}/follow", {"on": "no"})
    assert queries.tells_of_pilot(pilot) == 2
    said(pilot, words_en=WORDS)
    work()
    assert WORDS in body(other)
    assert WORDS not in body(supporter)
    assert not any("trial" in said for said in headlines(supporter))
    assert mails(talker) == []
    assert client.send("/pilots/CVT-999/follow", {"on": "yes"}).status_code == 404


@pytest.mark.usefixtures("app")
def test_who_stops_hearing_of_an_idea_hears_of_its_trial_by_another_idea_alone() -> None:
    person, one, other = resident(), idea(), idea()
    back(person, one, other)
    pilot = a_pilot(*shortlisted((one, other)))
    with write():
        services.follow(person, idea_id=one, on=False)
    assert hearing.hears_of_pilot(person, pilot)
    with write():
        services.follow(person, idea_id=other, on=False)
    assert not hearing.hears_of_pilot(person, pilot)
    said(pilot, words_en=WORDS)
    work()
    assert mails(person) == []
