"""Suggesting: what was typed is never lost, and only what fits is published."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Topic
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import services
from citizen_voice.ideas.models import Idea
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.ideas import stored
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.writing import number_in, where, words


def ideas_there_are() -> int:
    """How many."""
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Idea)).scalar_one())


def test_a_member_publishes_an_idea_with_topic_and_place(member: Client) -> None:
    asked, castle = challenge(topics=("Streets", "Parks")), ward("Castle")
    topic = db.session.execute(select(Topic.id).where(Topic.name_en == "Parks")).scalar_one()
    answer = member.send(where(asked), words(topic=str(topic), place=str(castle)))
    assert answer.status_code == 303
    assert answer.location.endswith("?done=published")
    page = member.get(answer.location).text
    for said in ("A bench at the bus stop", "So that people can rest.", "Castle", "Parks"):
        assert said in page
    row = stored(number_in(answer.location))
    assert (row.topic_id, row.ward_id, row.version, row.visibility) == (
        topic,
        castle,
        1,
        "published",
    )
    assert row.id >= 1001


def test_body_place_and_topic_can_be_left_out(member: Client) -> None:
    asked = challenge(topics=("Streets",))
    answer = member.send(where(asked), words(body=None, place=None))
    assert answer.status_code == 303
    row = stored(number_in(answer.location))
    assert (row.topic_id, row.ward_id) == (None, None)


def test_the_first_time_a_name_is_asked_and_kept(client: Client) -> None:
    asked = challenge()
    client.sign_in(resident(name=None))
    assert 'name="name"' in client.get(where(asked)).text
    refused = client.send(where(asked), words())
    assert refused.status_code == 422
    assert "Enter a name" in refused.text
    refused = client.send(where(asked), words(name="The Council"))
    assert "mistaken for the council" in refused.text
    assert ideas_there_are() == 0
    published = client.send(where(asked), words(name="Resident in Armley"))
    assert "Resident in Armley" in client.get(published.location).text
    assert 'name="name"' not in client.get(where(asked)).text


REFUSED: tuple[dict[str, Any], ...] = (
    {"title": None},
    {"title": ""},
    {"title": "    "},
    {"title": "abc"},
    {"title": "\u200b\u200b\u200b\u200b\u200b"},
    {"title": "\u3164\u3164\u3164\u3164"},
    {"title": "....!!!"},
    {"title": "\0\0\0\0\0"},
    {"title": "\u202e\u202d\u2066\u2069\u200f"},
    {"title": "x" * 81},
    {"body": "x" * 1_501},
    {"body": "x" * 10_240},
    {"lang": None},
    {"lang": ""},
    {"lang": "fr"},
    {"place": "99999"},
    {"place": "None"},
    {"place": "1 OR 1=1"},
    {"place": "٣"},
    {"place": "9" * 400},
    {"topic": "99999"},
    {"topic": "None"},
)


def test_what_does_not_fit_is_refused_at_its_field_with_everything_given_back(
    member: Client,
) -> None:
    asked = challenge(topics=("Streets",))
    ward()
    for changed in REFUSED:
        answer = member.send(where(asked), words(**changed))
        assert answer.status_code == 422, changed
        assert "<title>Error: " in answer.text
        assert "Not a valid choice" not in answer.text
        assert "error-summary" in answer.text
        given = FormFinder(answer.text, where(asked)).forms
        fields = next(form["fields"] for form in given if form["action"].endswith("suggest"))
        if changed.get("title", "x"):
            assert fields["title"] or "title" in changed
        if "body" not in changed:
            assert "So that people can rest." in answer.text
    assert ideas_there_are() == 0


def test_a_topic_of_another_challenge_is_refused(member: Client) -> None:
    asked, _other = challenge(topics=("Streets",)), challenge(topics=("Parks",))
    theirs = db.session.execute(select(Topic.id).where(Topic.name_en == "Parks")).scalar_one()
    answer = member.send(where(asked), words(topic=str(theirs)))
    assert answer.status_code == 422
    assert "Choose a topic from the list." in answer.text
    with pytest.raises(Refusal), write():
        services.propose(
            resident_now(),
            asked.id,
            title="A bench",
            body="",
            language="en",
            topic_id=theirs,
            ward_id=None,
        )


def resident_now() -> Any:
    """Somebody, made inside the transaction at hand."""
    return accounts.join("inside@example.org", "adult", "en")


def test_without_a_challenge_in_the_address_one_is_chosen(member: Client) -> None:
    first, _second = challenge(), challenge()
    refused = member.send("/ideas/new", words())
    assert refused.status_code == 422
    assert "Choose the question that your idea is about." in refused.text
    for nonsense in ("99999", "None", "-1", "1 OR 1=1"):
        refused = member.send("/ideas/new", words(challenge=nonsense))
        assert refused.status_code == 422
        assert "Choose the question that your idea is about." in refused.text
        assert "So that people can rest." in refused.text
    answer = member.send("/ideas/new", words(challenge=str(first.id)))
    assert stored(number_in(answer.location)).challenge_id == first.id


def test_choosing_a_challenge_with_topics_needs_no_second_try(member: Client) -> None:
    first, _second = challenge(topics=("Streets",)), challenge()
    assert member.send("/ideas/new", words(challenge=str(first.id))).status_code == 303


@pytest.mark.parametrize("preset", [True, False])
@pytest.mark.parametrize("others", [True, False])
def test_what_was_typed_is_given_back_when_the_challenge_closed_meanwhile(
    member: Client, *, preset: bool, others: bool
) -> None:
    asked = challenge()
    if others:
        challenge()
    close(asked)
    address, further = (where(asked), {}) if preset else ("/ideas/new", {"challenge": asked.id})
    answer = member.send(address, words(**further))
    assert answer.status_code == 422
    assert "has closed meanwhile" in answer.text
    assert "A bench at the bus stop" in answer.text
    assert "So that people can rest." in answer.text
    assert ideas_there_are() == 0


def test_an_unpublished_or_upcoming_challenge_takes_no_ideas(member: Client) -> None:
    draft = challenge(published=False)
    assert member.get(where(draft)).status_code == 404
    assert member.send(where(draft), words()).status_code == 404
    later = challenge(opens=clock.today() + timedelta(days=2))
    answer = member.send(where(later), words())
    assert (answer.status_code, "has not opened yet" in answer.text) == (422, True)
    assert ideas_there_are() == 0


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_other_languages_button_keeps_what_was_typed(
    app: Flask, client: Client, *, signed_in: bool
) -> None:
    asked, other = challenge(), challenge()
    if signed_in:
        client.sign_in(resident())
    for address in (f"/cy{where(asked)}", "/cy/ideas/new"):
        answer = client.send(
            address, words(_language="cy", body="", lang="cy", challenge=str(other.id))
        )
        assert answer.status_code == 200
        assert '<html lang="cy"' in answer.text
        assert 'value="A bench at the bus stop"' in answer.text
        assert "error-summary" not in answer.text
    assert ideas_there_are() == 0
