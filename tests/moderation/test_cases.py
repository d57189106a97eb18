"""A case: what a moderator reads, being on it, notes."""

from datetime import timedelta
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation.models import CONTACTS, EDIT_WAITS, Decision
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.moderation.deciding import LETTER, filled, send
from tests.moderation.test_queue import reported


def test_a_case_shows_the_words_their_context_and_why(client: Client, moderator: UUID) -> None:
    author = resident(name="Heron", email="heron@example.org")
    number = idea(title="Benches by the pond")
    said = comment(number, body="I would **rest** there.")
    under = reply(said, author, body="Ring 01632 960123. <script>alert(1)</script>")
    idea(author=author, title="Ducks")
    earlier = case(idea_id=idea(author=author, title="Swans"))
    decide(earlier, "warn")
    about = case(comment_id=under, kind=CONTACTS)
    case(comment_id=under)
    reported(about, "personal", 2)
    page = client.get(f"/staff/cases/{about}").text
    for words in (
        "Ring 01632 960123.",
        "<strong>rest</strong>",
        "Benches by the pond",
        "2 reports",
        "It names my neighbour.",
        "not signed in",
        "A machine noticed:",
        "You decide.",
        "Heron",
        "Ducks",
        "Warned",
        "It can be asked for under FOI.",
    ):
        assert words in page, words
    assert "heron@example.org" not in page
    assert "<script>alert" not in page


def test_an_edit_that_waits_is_held_against_what_everybody_reads(
    client: Client, moderator: UUID
) -> None:
    author, asked = resident(), challenge(moderation="before")
    number = idea(asked, author, title="A bench", body="It is for people who wait.")
    with write():
        ideas.publish(number, actor=None)
        ideas.edit(
            number,
            author,
            title="A bench",
            body="It is for ducks who wait.",
            language="en",
            topic_id=None,
            ward_id=None,
        )
    about = case(idea_id=number, kind=EDIT_WAITS)
    page = client.get(f"/staff/cases/{about}").text
    assert "<del>" in page
    assert "ducks" in page
    assert client.get(f"/staff/cases/{about}/decide?act=keep").status_code == 200
    send(client, about, "keep")
    assert stored(number).version == 2


def test_somebody_is_on_it_puts_it_back_and_is_followed_after_half_an_hour(
    client: Client, moderator: UUID
) -> None:
    about = case(idea_id=idea())
    client.send(f"/staff/cases/{about}/claim", {"on": "yes"})
    assert "You are on this" in client.get(f"/staff/cases/{about}").text
    other = client.application.test_client()
    assert isinstance(other, Client)
    other.sign_in(colleague(name="Ceri"), staff=True)
    page = other.get(f"/staff/cases/{about}").text
    assert "Sam is on this" in page
    assert 'id="act-keep"' not in page
    kept = other.send(f"/staff/cases/{about}/decide", filled(about, "hide", words="Mine."))
    assert kept.status_code == 409
    assert "Mine." in kept.text
    assert other.send(f"/staff/cases/{about}/claim", {"on": "yes"}).status_code == 409
    with clock.at(clock.now() + timedelta(minutes=31)):
        other.sign_in(colleague(name="Nia"), staff=True)
        assert "Take it over" in other.get(f"/staff/cases/{about}").text
    client.send(f"/staff/cases/{about}/claim", {"on": "no"})
    assert "Sam is on this" not in other.get(f"/staff/cases/{about}").text


def test_a_note_is_read_by_the_others(client: Client, moderator: UUID) -> None:
    about = case(idea_id=idea())
    client.send(f"/staff/cases/{about}/notes", {"note": "The third this week."})
    page = client.get(f"/staff/cases/{about}").text
    assert "The third this week." in page
    empty = client.send(f"/staff/cases/{about}/notes", {"note": " "})
    assert empty.status_code == 422
    assert "Write the note first." in empty.text
    long = client.send(f"/staff/cases/{about}/notes", {"note": "x" * 2001})
    assert "x" * 2001 in long.text


def test_nobody_has_buttons_for_their_own_words(client: Client, moderator: UUID) -> None:
    about = case(idea_id=idea(author=moderator))
    page = client.get(f"/staff/cases/{about}").text
    assert "You wrote this: somebody else decides." in page
    assert "act-hide" not in page
    answer = client.send(f"/staff/cases/{about}/decide", filled(about, "hide"))
    assert answer.status_code == 403
    assert LETTER in answer.text
    assert db.session.query(Decision).count() == 0
