"""Editing one's own idea: every change makes a version, and nothing typed is lost."""

from sqlalchemy import select

from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import IdeaListing, IdeaVersion
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea, stored
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.writing import number_in, where, words


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
