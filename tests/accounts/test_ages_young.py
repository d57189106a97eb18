"""What under-18s are spared: real names, points on a map, profiles, urging."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import Comment
from citizen_voice.db import db, write
from citizen_voice.ideas.models import Idea
from citizen_voice.pilots import services as piloting
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import remark
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import reply

NOT_A_NAME = "Please don’t use your real name"
IDEA = {"title": "A bench in the shade", "body": "", "place": "", "topic": "", "lang": "en"}


@pytest.fixture
def young(client: Client) -> Client:
    """The browser of somebody under 18 who has no name yet."""
    client.sign_in(resident(name=None, age="teen"))
    return client


def names() -> set[str | None]:
    """The names of everybody under 18."""
    db.session.remove()
    return set(db.session.scalars(select(Person.display_name).where(Person.age_band == "teen")))


def test_a_young_author_needs_no_name_and_is_a_resident(young: Client) -> None:
    asked = challenge()
    page = young.get(f"/challenges/{asked.slug}/suggest").text
    assert NOT_A_NAME in page
    assert "For example" not in page
    sent = young.send(f"/challenges/{asked.slug}/suggest", IDEA | {"name": " "})
    assert sent.status_code == 303
    number = db.session.scalars(select(Idea.id)).one()
    assert "A resident" in young.get(f"/ideas/CV-{number}").text
    assert names() == {None}


def test_a_young_commenter_needs_no_name_either(young: Client) -> None:
    number = idea()
    assert NOT_A_NAME in young.get(f"/ideas/CV-{number}").text
    said = {"comment": "A fine idea", "lang": "en", "name": ""}
    assert young.send(f"/ideas/CV-{number}/comments", said).status_code == 303
    db.session.remove()
    assert len(db.session.execute(select(Comment.id)).all()) == 1
    assert names() == {None}
    said |= {"comment": "And cheap", "name": "Kestrel"}
    assert young.send(f"/ideas/CV-{number}/comments", said).status_code == 303
    assert names() == {"Kestrel"}


def test_an_adult_is_still_asked_for_a_name(client: Client) -> None:
    asked = challenge()
    client.sign_in(resident(name=None))
    assert NOT_A_NAME not in client.get(f"/challenges/{asked.slug}/suggest").text
    refused = client.send(f"/challenges/{asked.slug}/suggest", IDEA | {"name": ""})
    assert refused.status_code == 422
    assert "Enter a name." in refused.text


def test_nowhere_is_a_point_on_a_map_or_a_birthday(app: Flask) -> None:
    suspicious = {
        *("latitude", "longitude", "lat", "lon", "lng", "point", "geometry", "coordinates"),
        *("postcode", "uprn", "birthday", "birth_date", "born", "born_on", "date_of_birth"),
    }
    found = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name in suspicious or "geo" in type(column.type).__name__.lower()
    ]
    assert not found, f"Ideas have a ward, people a group of ages: {found}"


def test_nobody_writes_to_one_person_alone_and_nobody_has_a_page_or_a_rank(app: Flask) -> None:
    residents = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/staff")
        and rule.arguments & {"person_id", "person", "resident_id", "author_id", "user", "name_of"}
    ]
    assert residents == [], "no address is about one resident"
    words = ("message", "inbox", "chat", "leaderboard", "ranking", "badge", "streak", "points")
    found = [rule.rule for rule in app.url_map.iter_rules() if any(w in rule.rule for w in words)]
    assert found == []


def test_what_a_young_author_published_is_up_without_a_call_to_share(client: Client) -> None:
    for age, urged in (("adult", True), ("teen", False)):
        author = resident(age=age)
        number = idea(author=author)
        client.sign_in(author)
        page = client.get(f"/ideas/CV-{number}?done=published").text
        assert "It’s up." in page
        assert ("It’s up. Share it." in page) == urged
        assert page.count('id="share-address"') == 1, "everybody may share who wants to"


def test_a_young_answer_is_counted_without_praise(client: Client) -> None:
    number = idea()
    for age, said in (("adult", "Counted. Thank you."), ("teen", "Counted.")):
        client.sign_in(resident(age=age))
        page = client.get(f"/ideas/CV-{number}?done=answered").text
        assert said in page
        assert ("Counted. Thank you." in page) == (age == "adult")


def test_home_counts_no_new_supporters_for_under_18s(client: Client) -> None:
    for age, told in (("adult", True), ("teen", False)):
        client.sign_in(resident(age=age))
        with clock.at(clock.now() + timedelta(days=1)):
            client.get("/")  # whose end is when they were here before
        with clock.at(clock.now() + timedelta(days=2)):
            assert ("Since your last visit" in client.get("/").text) == told


def test_news_thanks_and_urges_nobody_under_18(client: Client) -> None:
    author = resident(age="teen")
    reply(idea(author=author), decline=True)
    client.sign_in(author)
    page = client.get("/news").text
    assert "The council won’t do it." in page
    assert "Thank you" not in page
    assert "See what else" not in page


def test_a_young_commenter_is_thanked_in_public_without_their_name(client: Client) -> None:
    for age, name, shown in (("adult", "Grown Ada", True), ("teen", "Young Bo", False)):
        trial = a_pilot(*shortlisted([idea()]))
        said = remark(trial, resident(name=name, age=age))
        with write():
            piloting.thank(trial, said, words_en="The ramp is wider now.", actor=None)
        page = client.get(f"/pilots/CVT-{trial}").text
        thanks = page[page.index("Changed because of you") :]
        thanks = thanks[: thanks.index("</section>")]
        assert "The ramp is wider now." in thanks
        assert (name in thanks) == shown
