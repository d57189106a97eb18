"""Letters of news about trials: to everybody of their ideas, who talk about or follow them."""

from datetime import timedelta

from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.following import services as following
from citizen_voice.pilots import services as pilots
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, said, shortlisted
from tests.factories.pilots import decided as decide_pilot
from tests.news.post import back, body, forget_mails, mails, work

HOUR = timedelta(hours=1, minutes=1)


def test_a_trial_tells_everybody_of_its_ideas_and_who_talks_about_or_follows_it(
    client: Client,
) -> None:
    asked = challenge()
    author = resident(name="Ffion")
    author_two, both, one_of_them, follower, other = (resident() for _ in range(5))
    one = idea(asked, author, title="Warm benches")
    two = idea(asked, author_two, title="A shelter")
    back(both, one, two)
    back(one_of_them, one)
    pilot = a_pilot(*shortlisted((one, two)))
    with write():
        following.follow(follower, pilot_id=pilot)
    work()
    forget_mails()
    took_part = (author, author_two, both, one_of_them, follower)
    said(pilot, words_en="The first bench is warm.")
    work(at=clock.now() + 2 * HOUR)
    for person in took_part:
        assert body(person).count("The first bench is warm.") == 1
        assert f"/pilots/CVT-{pilot}#latest" in body(person)
    assert mails(other) == []
    forget_mails()
    decide_pilot(pilot, "scale")
    work(at=clock.now() + 4 * HOUR)
    for person in took_part:
        assert len(mails(person)) == 1
    text = body(one_of_them)
    assert "You backed this. It’s happening." in text
    assert "People sit where it is warm." in text
    assert "Ten more benches." in text
    assert f"It began with CV-{one}, “Warm benches”, by Ffion." in text
    assert "You follow this. It’s happening." in body(follower)
    assert "It began with" not in body(author)
    client.sign_in(both)
    page = client.get("/news").text
    assert page.count(f'href="/pilots/CVT-{pilot}#outcome"') == 1
    assert "You backed this. It’s happening." in page


def test_a_trial_that_stops_thanks_with_reason_and_next_step(app: Flask) -> None:
    supporter, number = resident(), idea()
    back(supporter, number)
    decide_pilot(a_pilot(*shortlisted((number,))), "stop")
    work()
    text = body(supporter)
    for words in (
        "The trial has stopped. It’s not going ahead.",
        "People sit where it is warm.",
        "Ten more benches.",
        "Thank you for taking part.",
    ):
        assert words in text
    assert "You backed this. The trial" not in text


def test_what_a_trial_took_back_is_no_news(client: Client) -> None:
    supporter, number = resident(), idea()
    back(supporter, number)
    pilot = a_pilot(*shortlisted((number,)))
    update_id = said(pilot, words_en="The first bench is warm.")
    client.sign_in(supporter)
    assert "The first bench is warm." in client.get("/news").text
    with write():
        pilots.take_back(update_id, actor=None)
    assert "The first bench is warm." not in client.get("/news").text
    work()
    assert "The first bench is warm." not in body(supporter)


def test_whose_comment_changed_a_trial_hears_what_changed(app: Flask) -> None:
    talker, supporter, number = resident(), resident(), idea()
    key = comment(number, talker)
    back(supporter, number)
    pilot = a_pilot(*shortlisted((number,)))
    with write():
        thanks = pilots.thank(pilot, key, words_en="The bench is higher.", actor=None)
    work()
    assert "Something changed because of you." in body(talker)
    assert "The bench is higher." in body(talker)
    assert f"/pilots/CVT-{pilot}#because" in body(talker)
    assert "The bench is higher." not in body(supporter)
    with write():
        pilots.take_back_thanks(thanks, actor=None)


def test_each_letter_leads_to_the_place_on_the_trials_page(client: Client) -> None:
    supporter, talker, number = resident(), resident(), idea()
    back(supporter, number)
    pilot = a_pilot(*shortlisted((number,)))
    said(pilot, words_en="The first bench is warm.")
    key = comment(number, talker)
    with write():
        pilots.thank(pilot, key, words_en="It is higher.", actor=None)
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert 'id="latest"' in page
    assert 'id="because"' in page
    decide_pilot(pilot, "scale")
    assert 'id="outcome"' in client.get(f"/pilots/CVT-{pilot}").text
