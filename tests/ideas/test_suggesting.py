"""Suggesting and editing: what was typed is never lost, and only what fits is published."""

import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import contacts, services
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea, stored
from tests.factories.people import resident
from tests.factories.places import ward


def words(**changed: Any) -> dict[str, Any]:
    """What somebody writes; ``None`` leaves a field out."""
    given = {
        "title": "A bench at the bus stop",
        "body": "So that people can rest.",
        "lang": "en",
        "place": "",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def where(asked: Challenge) -> str:
    """The address of the form."""
    return f"/challenges/{asked.slug}/suggest"


def ideas_there_are() -> int:
    """How many."""
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Idea)).scalar_one())


@pytest.fixture
def member(client: Client) -> Client:
    """Somebody with a name, signed in."""
    client.sign_in(resident())
    return client


def number_in(location: str) -> int:
    """``/ideas/CV-1042?done=published`` → 1042."""
    return int(location.partition("CV-")[2].partition("?")[0])


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


CONTACTS = (
    "Call me on 07700 900123",
    "write to ada.l+x@example.org please",
    "I live at 12 High Street",
    "near LS12 1AB",
    "+44 (0)113 496 0000",
)


def test_a_way_to_contact_somebody_is_pointed_out_once_and_may_be_published(
    member: Client,
) -> None:
    asked = challenge()
    for text in CONTACTS:
        warned = member.send(where(asked), words(body=text))
        assert warned.status_code == 422
        assert "There seems to be a way to contact someone" in warned.text
        assert contacts.found(text)[0] in warned.text
        assert 'name="confirm"' in warned.text
        assert text in warned.text
        published = member.send(where(asked), words(body=text, confirm="y"))
        assert published.status_code == 303
    assert 'name="confirm"' not in member.get(where(asked)).text


@pytest.mark.parametrize(
    "text", ["In 2027 about 1,500 people", "route 66", "£40,000", "bus X84", "CV-1042", "24/7"]
)
def test_ordinary_numbers_are_no_contact(text: str) -> None:
    assert contacts.found(text) == []


@pytest.mark.parametrize(
    "text", ["0" * 1_500, "a" * 1_500, "a." * 700 + "@", "1 A " * 370, "(" * 999]
)
def test_looking_for_contacts_takes_no_time_however_it_is_written(text: str) -> None:

    begun = time.perf_counter()
    contacts.found(text)
    assert time.perf_counter() - begun < 0.5


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


def test_an_author_edits_and_a_version_is_made(member: Client) -> None:
    asked = challenge()
    made = member.send(where(asked), words())
    number = number_in(made.location)
    edit = f"/ideas/CV-{number}/edit"
    form = next(f for f in FormFinder(member.get(edit).text, edit).forms if f["action"] == edit)
    assert form["fields"]["title"] == "A bench at the bus stop"
    same = member.send(edit, words())
    assert same.location.endswith("?done=edited")
    assert (stored(number).version, stored(number).edited_at) == (1, None)
    spaced = member.send(
        edit, words(title="  A  bench at the bus\u00a0stop ", body="So that people can rest.\r\n")
    )
    assert spaced.status_code == 303
    assert stored(number).version == 1
    member.send(edit, words(title="Two benches"))
    assert stored(number).version == 2
    assert stored(number).edited_at is not None
    kept = db.session.execute(
        select(IdeaVersion.title).where(IdeaVersion.idea_id == number).order_by(IdeaVersion.number)
    )
    assert list(kept.scalars()) == ["A bench at the bus stop", "Two benches"]
    assert "Two benches" in member.get("/ideas").text


def test_a_new_place_alone_makes_no_version_and_moves_it_in_the_lists(member: Client) -> None:
    castle = ward()
    number = number_in(member.send(where(challenge()), words()).location)
    member.send(f"/ideas/CV-{number}/edit", words(place=str(castle)))
    assert stored(number).version == 1
    assert db.session.get_one(IdeaListing, number, populate_existing=True).ward_id == castle


def test_a_refused_edit_keeps_what_was_typed_and_changes_nothing(member: Client) -> None:
    number = number_in(member.send(where(challenge()), words()).location)
    for changed in ({"title": ""}, {"title": "   "}, {"body": "x" * 1_501}, {"lang": "fr"}):
        answer = member.send(f"/ideas/CV-{number}/edit", words(**{"body": "Typed anew."} | changed))
        assert answer.status_code == 422
        assert "Typed anew." in answer.text or "body" in changed
    warned = member.send(f"/ideas/CV-{number}/edit", words(body="Ring 07700 900123"))
    assert (warned.status_code, "07700 900123" in warned.text) == (422, True)
    assert stored(number).version == 1


def test_only_its_author_edits_an_idea(client: Client) -> None:
    number = idea()
    edit = f"/ideas/CV-{number}/edit"
    assert client.get(edit).location == f"/sign-in?next={edit}"
    client.sign_in(resident())
    assert client.get(edit).status_code == 404
    assert client.send(edit, words(title="Mine now")).status_code == 404
    assert stored(number).version == 1


def test_an_idea_is_edited_only_while_it_and_its_challenge_are_open(client: Client) -> None:
    author, asked = resident(), challenge()
    shortlisted, left = idea(asked, author), idea(asked, author)
    with write():
        services.shortlist(shortlisted, actor=None, reason="Liked")
    client.sign_in(author)
    refused = client.send(f"/ideas/CV-{shortlisted}/edit", words(body="Typed anew."))
    assert refused.status_code == 422
    assert "begun to look at this idea" in refused.text
    assert "Typed anew." in refused.text
    close(asked)
    refused = client.send(f"/ideas/CV-{left}/edit", words(body="Typed anew."))
    assert "has closed meanwhile" in refused.text
    assert "Typed anew." in refused.text
    assert "Edit my idea" not in client.get(f"/ideas/CV-{left}").text
    assert stored(left).version == stored(shortlisted).version == 1
