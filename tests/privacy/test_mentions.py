"""Where somebody's name stands in what others wrote is listed for a human, without the name."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import erasures
from citizen_voice.db import db, write
from citizen_voice.privacy import mentions
from citizen_voice.privacy.mention_models import ErasureMention as Mention
from citizen_voice.team.models import MODERATOR, PRIVACY_OFFICER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")
NAME = "Siân Llew"


def erase(person: UUID, *, remove_words: bool = False) -> None:
    """Somebody deletes their account."""
    with write():
        erasures.erase(person, remove_words=remove_words)


def found() -> list[tuple[str, str, int | None]]:
    """The places: kind, part, number."""
    db.session.rollback()
    return [(row.kind, row.part, row.number) for row in db.session.scalars(select(Mention)).all()]


def test_ideas_comments_and_replies_that_hold_the_name_are_listed() -> None:
    person, asked = resident(name=NAME), challenge()
    named = idea(asked, title=f"What {NAME} said", body="Yes. siân llew is right.")
    idea(asked, title="Not about Siân Llewelyn", body="Nor about Llew.")
    comment(named, body=f"I agree with {NAME}!")
    reply(named, reason_en=f"We thank {NAME}.")
    erase(person)
    assert found() == [
        ("idea", "title", named),
        ("idea", "body", named),
        ("comment", "body", None),
        ("reply", "reason_en", 1),
    ]
    columns = Mention.__table__.columns
    everything = db.session.execute(select(*columns)).all()
    assert NAME.casefold() not in str(everything).casefold()


def test_what_goes_with_them_is_not_listed_and_what_stays_of_them_is() -> None:
    person, asked = resident(name=NAME), challenge()
    own = idea(asked, person, body=f"Yours, {NAME}")
    erase(person, remove_words=True)
    assert found() == []
    other = resident(name="Bo Bell")
    own = idea(asked, other, body="Yours, Bo Bell")
    erase(other)
    assert found() == [("idea", "body", own)]


def test_who_has_no_name_is_looked_for_nowhere() -> None:
    idea(body="Nobody, none, None.")
    erase(resident(name=None))
    assert found() == []


def test_the_officer_sees_the_words_and_notes_that_they_looked(client: Client) -> None:
    person, officer = resident(name=NAME), colleague(PRIVACY_OFFICER)
    number = idea(body=f"As {NAME} said & wrote.")
    comment(number, body=f"{NAME}, yes")
    erase(person)
    client.sign_in(officer, staff=True)
    page = client.get("/staff/privacy/mentions").text
    assert f"As <mark>{NAME}</mark> said &amp; wrote." in page
    assert f"<mark>{NAME}</mark>, yes" in page
    first = db.session.scalars(select(Mention.id).order_by(Mention.id)).first()
    for _ in range(2):
        answer = client.send(f"/staff/privacy/mentions/{first}")
        assert answer.location == "/staff/privacy/mentions?done=mention-looked-at"
    page = client.get("/staff/privacy/mentions").text
    assert "said &amp; wrote" not in page
    assert f"<mark>{NAME}</mark>, yes" in page
    acts = db.text("SELECT actor FROM journal_entries WHERE act = 'mention looked at'")
    assert len(db.session.execute(acts).all()) == 1
    listed = client.get("/staff/privacy/mentions.csv").text
    assert NAME not in listed
    assert listed.count("\n") == 3
    assert client.send("/staff/privacy/mentions/999").status_code == 404


def test_words_that_have_gone_since_are_said_to_be(client: Client) -> None:
    author = resident()
    idea(author=author, body=f"As {NAME} said.")
    erase(resident(name=NAME))
    erase(author, remove_words=True)
    client.sign_in(colleague(PRIVACY_OFFICER), staff=True)
    assert "These words are gone." in client.get("/staff/privacy/mentions").text


def test_nobody_else_sees_the_list(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    assert client.get("/staff/privacy/mentions").status_code == 403


def test_a_list_of_many_goes_on(app: Flask, client: Client) -> None:
    asked = challenge()
    person = resident(name=NAME)
    number = idea(asked, body=" ".join([f"{NAME}."] * (mentions.PAGE + 2)))
    erase(person)
    assert number
    client.sign_in(colleague(PRIVACY_OFFICER), staff=True)
    page = client.get("/staff/privacy/mentions").text
    assert page.count("<mark>") == mentions.PAGE
    further = page.split('href="/staff/privacy/mentions?after=')[1].split('"')[0]
    assert client.get(f"/staff/privacy/mentions?after={further}").text.count("<mark>") == 2
    assert client.get("/staff/privacy/mentions?after=x").status_code == 400
