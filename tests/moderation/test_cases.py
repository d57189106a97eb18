"""A case: what a moderator reads, being on it, notes, deciding, and what stands after."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services, things
from citizen_voice.moderation.models import CONTACTS, EDIT_WAITS, Case, Decision, Ground
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.team.services import admit
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.meanwhile import meanwhile
from tests.moderation.test_queue import reported

LETTER = "We have hidden it, since it gives a phone number."


@pytest.fixture
def moderator(client: Client) -> UUID:
    """A moderator, signed in as such."""
    key = colleague(name="Sam")
    client.sign_in(key, staff=True)
    return key


def send(client: Client, about: UUID, act: str, **fields: object) -> str:
    """Send the form of an act; gives where it led."""
    answer = client.send(f"/staff/cases/{about}/decide", filled(about, act, **fields))
    assert answer.status_code == 303, answer.text
    return answer.location


def filled(about: UUID, act: str, **fields: object) -> dict[str, object]:
    """The form of an act, as a moderator has filled it in."""
    mark = things.mark_of(db.session.get_one(Case, about))
    return {"act": act, "ground": ground(), "words": LETTER, "seen": mark} | fields


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


def test_what_is_decided_leads_to_the_next_case_with_undo(client: Client, moderator: UUID) -> None:
    asked = challenge()
    first, second = idea(asked, title="First"), idea(asked, title="Second")
    one, two = case(idea_id=first), case(idea_id=second)
    place = send(client, one, "hide")
    assert str(two) in place
    assert stored(first).visibility == "hidden"
    made = re.search(r"decided=([0-9a-f-]+)", place)
    assert made
    page = client.get(place).text
    assert "Hidden" in page
    assert f"/staff/decisions/{made[1]}/undo" in page
    answer = client.send(f"/staff/decisions/{made[1]}/undo", {"from": "queue"})
    assert answer.status_code == 303
    assert stored(first).visibility == "published"
    assert str(one) in send(client, two, "keep")
    assert send(client, one, "keep").startswith("/staff/queue?decided=")


def test_the_letter_is_begun_from_the_ground_and_never_overwritten(
    client: Client, moderator: UUID
) -> None:
    with write():
        made = Ground(name_en="Numbers", letter_en="It gives {thing}.", position=99)
        db.session.add(made)
        db.session.flush()
        why = made.id
    about = case(idea_id=idea())
    begin = f"/staff/cases/{about}/decide"
    page = client.send(begin, filled(about, "hide", ground=why, words="", begin="1")).text
    assert "It gives idea." in page
    other = {"ground": ground(), "words": "It gives idea.", "begun": why}
    page = client.send(begin, filled(about, "hide", begin="1", **other)).text
    assert "It gives idea." not in page  # a letter that nobody has touched makes room
    assert "Hides the idea and its 0 comments. 0 answers are kept." in page
    own = filled(about, "hide", words="My own words.", begin="1", begun="")
    page = client.send(begin, own).text
    assert "My own words." in page
    assert "It gives idea." not in page


def test_what_misses_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, moderator: UUID
) -> None:
    about = case(idea_id=idea())
    wrong: list[tuple[str, dict[str, object], str]] = [
        ("hide", {"ground": "", "words": "My words."}, "Choose the ground."),
        ("hide", {"words": " "}, "Write to the author why."),
        ("pause", {"words": "My words."}, "Choose the last day of the pause."),
        ("redact", {"words": "My words.", "title": "", "body": "x"}, "Leave a title."),
    ]
    for act, fields, said in wrong:
        answer = client.send(f"/staff/cases/{about}/decide", filled(about, act, **fields))
        assert answer.status_code == 422, act
        assert said in answer.text
        if "My words." in str(fields):
            assert "My words." in answer.text


def test_who_is_paused_is_paused_to_the_end_of_the_day(client: Client, moderator: UUID) -> None:
    about = case(idea_id=idea())
    until = clock.today() + timedelta(days=3)
    send(client, about, "pause", until=until.isoformat())
    made = db.session.query(Decision).filter_by(case_id=about).one()
    assert made.until == clock.end_of(until)


def test_private_details_are_taken_out_in_place(client: Client, moderator: UUID) -> None:
    number = idea(title="Ask Sam", body="Ring 01632 960123 for more.")
    about = case(idea_id=number)
    page = client.get(f"/staff/cases/{about}/decide?act=redact").text
    assert "This looks like private details:" in page
    send(client, about, "redact", title="Ask us", body="Ring for more.")
    assert "01632" not in client.get(f"/ideas/CV-{number}").text


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


def test_the_decision_made_first_is_shown_and_what_was_typed_is_kept(
    client: Client, moderator: UUID
) -> None:
    number = idea()
    about = case(idea_id=number)
    fields = filled(about, "hide", words="My own letter.")
    decide(about, "keep", actor=colleague(name="Ceri"))
    answer = client.send(f"/staff/cases/{about}/decide", fields)
    assert answer.status_code == 409
    for words in ("Kept", "Decided by Ceri", "My own letter."):
        assert words in answer.text
    assert stored(number).visibility == "published"


def test_words_that_changed_are_shown_and_what_was_typed_is_kept(
    client: Client, moderator: UUID
) -> None:
    author = resident()
    number = idea(author=author)
    about = case(idea_id=number)
    fields = filled(about, "hide", words="My own letter.")
    with write():
        ideas.edit(
            number, author, title="Swans", body="", language="en", topic_id=None, ward_id=None
        )
    answer = client.send(f"/staff/cases/{about}/decide", fields)
    assert answer.status_code == 409
    assert "The words have changed since you opened this." in answer.text
    assert "Swans" in answer.text
    assert "My own letter." in answer.text
    seen = re.search(
        r'name="seen" value="([^"]+)">\s*<input type="hidden" name="begun"', answer.text
    )
    assert seen
    send(client, about, "hide", seen=seen[1])
    assert stored(number).visibility == "hidden"


def test_of_two_who_decide_at_the_same_moment_one_wins(app: Flask) -> None:
    number = idea()
    about = case(idea_id=number)
    one, other, why = colleague(), colleague(), ground()

    def decided(act: str, actor: UUID) -> None:
        ruling = services.Ruling(act, ground_id=why, words=LETTER)
        services.decide([about], ruling, actor=actor)

    def then() -> None:
        with write():
            decided("keep", other)

    ended = meanwhile(app, lambda: decided("hide", one), then)
    assert ended == {"other", "AlreadyDecided"}
    assert issubclass(services.AlreadyDecided, Conflict)
    assert db.session.query(Decision).count() == 1
    assert stored(number).visibility == "hidden"


def test_a_role_that_ends_meanwhile_gives_back_what_was_typed(
    client: Client, moderator: UUID
) -> None:
    about = case(idea_id=idea())
    fields = filled(about, "hide", words="A letter that took me a quarter of an hour.")
    client.send(f"/staff/cases/{about}/claim", {"on": "yes"})
    with write():
        admit(moderator, (ADMINISTRATOR,), actor=None)
    answer = client.send(f"/staff/cases/{about}/decide", fields)
    assert answer.status_code == 403
    assert "A letter that took me a quarter of an hour." in answer.text
    assert db.session.query(Decision).count() == 0


def test_a_decision_is_in_the_log_and_undone_from_there(client: Client, moderator: UUID) -> None:
    number = idea(title="Ducks & swans")
    about = case(idea_id=number)
    decision = decide(about, "redact", actor=moderator, title="Birds", body="All.")
    later = decide(case(idea_id=number), "hide", actor=moderator)
    log = client.get("/staff/decisions?act=redact&undone=no").text
    assert "Birds" in log
    assert "Private details taken out" in log
    assert "No decisions with these filters" in client.get("/staff/decisions?act=warn").text
    assert client.get(f"/staff/decisions?who={moderator}&ground={ground()}").status_code == 200
    assert client.get("/staff/decisions?who=nobody").status_code == 400
    page = client.get(f"/staff/decisions/{decision}").text
    assert "It breaks a rule." in page
    refused = client.send(f"/staff/decisions/{decision}/undo", {"from": "log"})
    assert refused.status_code == 403
    assert "Undo that first" in refused.text
    for each in (later, decision):
        answer = client.send(f"/staff/decisions/{each}/undo", {"from": "log"})
        assert answer.status_code == 303
    assert stored(number).visibility == "published"
    assert "Undone" in client.get(f"/staff/decisions/{decision}").text


def test_the_log_goes_on_and_has_each_once(client: Client, moderator: UUID) -> None:
    asked = challenge()
    with clock.at(clock.now()):
        for number in range(35):
            decide(case(idea_id=idea(asked, title=f"Number {number}")), "keep", actor=moderator)
    found: list[str] = []
    address: str | None = "/staff/decisions"
    while address:
        page = client.get(address).text
        found += re.findall(r'<th scope="row"><a href="/staff/decisions/([^"]+)"', page)
        further = re.search(r'href="(/staff/decisions\?after=[^"]+)"', page)
        address = further[1] if further else None
    assert len(found) == len(set(found)) == 35
