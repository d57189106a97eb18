"""Deciding a case on its page: what stands after, and that nothing typed is lost."""

import re
from datetime import timedelta
from uuid import UUID

from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services
from citizen_voice.moderation.models import Decision, Ground
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.team.services import admit
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.meanwhile import meanwhile
from tests.moderation.deciding import LETTER, filled, send


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
