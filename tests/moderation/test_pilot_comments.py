"""What is said about pilots is moderated as what is said about ideas is."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice.comments import recount, services
from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import db, write
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation import things
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.models import CONTACTS, MERGE, MOVE, Case
from citizen_voice.pilots import services as pilots
from tests.client import Client
from tests.factories.comments import comment, published_on_pilot, remark, reply, stored
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.reports import report
from tests.factories.team import colleague
from tests.moderation.deciding import filled, send
from tests.moderation.reporting import FORM, the_case
from tests.moderation.test_deciding import undo, without_traces

TITLE = "Benches that warm up"
WELSH = "Meinciau sy’n cynhesu"
WORDS = "Ring 0113 496 0000."


def started(**given: Any) -> int:
    """A pilot of one idea."""
    return a_pilot(*shortlisted([idea()]), **given)


def on_a_pilot() -> tuple[int, UUID, UUID]:
    """A pilot, who said something about it, and what they said."""
    pilot, author = started(title_cy=WELSH), resident()
    return pilot, author, remark(pilot, author, body=WORDS)


def test_a_comment_on_a_pilot_and_the_name_beside_it_can_be_reported(client: Client) -> None:
    pilot, _author, key = on_a_pilot()
    assert f"/report?comment={key}" in client.get(f"/pilots/CVT-{pilot}").text
    page = client.get(f"/report?comment={key}").text
    assert f"CVT-{pilot}" in page
    assert f"name-of-comment={key}" in page
    named = client.get(f"/report?name-of-comment={key}").text
    assert f'href="/pilots/CVT-{pilot}"' in named
    sent = client.send(f"/report?comment={key}", FORM)
    assert sent.status_code == 303
    assert the_case().comment_id == key
    receipt = client.get(sent.location).text
    assert f'href="/pilots/CVT-{pilot}"' in receipt
    assert f"A comment on CVT-{pilot}" in receipt


@pytest.mark.usefixtures("moderator")
def test_moderators_read_which_trial_a_comment_is_on(client: Client) -> None:
    pilot, _author, key = on_a_pilot()
    waits = case(comment_id=key, kind=CONTACTS)
    assert f"Comment, CVT-{pilot}" in client.get("/staff/queue").text
    assert f"CVT-{pilot}" in client.get("/staff/queue.csv").text
    page = client.get(f"/staff/cases/{waits}").text
    assert "On the trial:" in page
    assert TITLE in page
    assert f'href="/pilots/CVT-{pilot}"' in page
    assert "On the idea" not in page
    assert WELSH in client.get(f"/cy/staff/cases/{waits}").text
    assert "Ring 0113" in client.get("/staff").text


@pytest.mark.usefixtures("moderator")
def test_the_queue_finds_them_by_type_and_by_no_challenge(client: Client) -> None:
    _pilot, _author, key = on_a_pilot()
    case(comment_id=key)
    for query, there in (
        ("type=comment", True),
        ("type=idea", False),
        ("challenge=1", False),
        ("language=en", True),
        ("language=cy", False),
    ):
        assert ("Ring 0113" in client.get(f"/staff/queue?{query}").text) == there, query


@pytest.mark.usefixtures("moderator")
def test_what_needs_an_idea_is_not_offered_for_a_comment_on_a_pilot(client: Client) -> None:
    _pilot, _author, key = on_a_pilot()
    waits = case(comment_id=key)
    thing = things.look([db.session.get_one(Case, waits)])[waits]
    assert not {act for act in (MERGE, MOVE) if ACTS[act].fits(thing)}
    page = client.get(f"/staff/cases/{waits}").text
    assert "act=hide" in page
    assert "act=merge" not in page
    assert "act=move" not in page
    for act in (MERGE, MOVE):
        refused = client.send(f"/staff/cases/{waits}/decide", filled(waits, act))
        assert refused.status_code in (409, 422)
    assert stored(key).visibility == "published"


@pytest.mark.parametrize("act", ["keep", "hide", "redact", "ask", "warn"])
def test_a_decision_about_a_comment_on_a_pilot_is_undone_wholly(app: Flask, act: str) -> None:
    pilot, _author, key = on_a_pilot()
    reply(key)
    about, moderator = case(comment_id=key), colleague()
    before = without_traces()
    given: dict[str, Any] = {"body": "Ring them."} if act == "redact" else {}
    made = decide(about, act, actor=moderator, **given)
    assert published_on_pilot(pilot) == (1 if act == "hide" else 2)
    assert recount.differences() == []
    with write():
        moderating.undo(made, actor=moderator)
    assert without_traces() == before
    assert db.session.get_one(Case, about, populate_existing=True).closed_at is None


def test_a_held_comment_on_a_pilot_is_shown_once_a_moderator_keeps_it(client: Client) -> None:
    pilot, _author, key = on_a_pilot()
    receipt = report(comment_id=key, category="personal")
    with write():
        services.hold(key, actor=None, reason="It was reported.")
    assert WORDS not in client.get(f"/pilots/CVT-{pilot}").text
    assert client.get(f"/comments/{key}").status_code == 404
    decide(the_case().id, "keep")
    assert WORDS in client.get(f"/pilots/CVT-{pilot}").text
    assert published_on_pilot(pilot) == 1
    assert "It stays." in client.get(f"/reports/{receipt}").text


def test_private_details_are_taken_out_of_it(app: Flask) -> None:
    _pilot, _author, key = on_a_pilot()
    decide(case(comment_id=key), "redact", body="Ring them.")
    current = db.session.get_one(CommentVersion, (key, stored(key).version))
    assert current.body == "Ring them."


@pytest.mark.usefixtures("moderator")
def test_its_author_reads_why_where_it_stood_and_has_it_looked_at_again(client: Client) -> None:
    pilot, author, key = on_a_pilot()
    about = case(comment_id=key)
    send(client, about, "hide")
    log = client.get("/staff/decisions").text
    assert f"Comment, CVT-{pilot}" in log
    client.sign_in(author)
    mine = client.get("/decisions").text
    assert TITLE in mine
    told = client.get("/news").text
    assert TITLE in told
    assert "We have hidden your comment" in mine
    where = f"/decisions/{mine.partition('/decisions/')[2][:36]}"
    statement = client.get(where).text
    assert TITLE in statement
    assert f'href="/pilots/CVT-{pilot}"' in statement
    assert WELSH in client.get(f"/cy{where}").text
    assert client.send(f"{where}/appeal", {"words": "It is the council’s."}).status_code == 303
    client.sign_in(colleague(), staff=True)
    assert TITLE in client.get("/staff/appeals").text
    decision = UUID(where.rpartition("/")[2])
    asked = moderating_appeal(client)
    page = client.get(asked).text
    assert f"(CVT-{pilot})" in page
    looked = client.send(asked, {"outcome": "upheld", "reason": "It is the council’s number."})
    assert looked.status_code == 303
    assert stored(key).visibility == "published"
    assert published_on_pilot(pilot) == 1
    assert f"CVT-{pilot}" in client.get(f"/staff/decisions/{decision}").text


def moderating_appeal(client: Client) -> str:
    """Where the appeal that waits is decided."""
    page = client.get("/staff/appeals").text
    return "/staff/appeals/" + page.partition("/staff/appeals/")[2][:36]


@pytest.mark.usefixtures("moderator")
def test_what_its_author_said_about_pilots_before_is_named_with_the_pilot(client: Client) -> None:
    pilot, author, key = on_a_pilot()
    number = idea()
    other = comment(number, author, body="Of the idea.")
    page = client.get(f"/staff/cases/{case(comment_id=other)}").text
    assert f'href="/pilots/CVT-{pilot}">CVT-{pilot}</a>' in page
    page = client.get(f"/staff/cases/{case(comment_id=key)}").text
    assert f'href="/ideas/CV-{number}">CV-{number}</a>' in page


@pytest.mark.usefixtures("moderator")
def test_a_pilot_that_was_cancelled_is_named_nowhere(client: Client) -> None:
    pilot, author, key = on_a_pilot()
    waits = case(comment_id=key)
    receipt = report(comment_id=key)
    another = colleague()
    with write():
        pilots.cancel(pilot, actor=another)
    pages = ["/staff/queue", f"/staff/cases/{waits}", f"/reports/{receipt}"]
    later = comment(idea(), author)
    pages.append(f"/staff/cases/{case(comment_id=later)}")
    decide(waits, "hide", ground_id=ground())
    for page in (*pages, "/staff/decisions"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert f"CVT-{pilot}" not in answer.text
    client.sign_in(author)
    assert TITLE not in client.get("/decisions").text


def test_many_are_decided_together_on_ideas_and_on_pilots(app: Flask) -> None:
    pilot, _author, key = on_a_pilot()
    other = comment(idea(), body=WORDS)
    moderator, chosen = colleague(), ground()
    about = [case(comment_id=key), case(comment_id=other)]
    ruling = moderating.Ruling("hide", ground_id=chosen, words="It gives a number.")
    with write():
        made = moderating.decide(about, ruling, actor=moderator)
    assert published_on_pilot(pilot) == 0
    assert made[0].batch_id is not None
    batch = made[0].batch_id
    with write():
        moderating.undo_batch(batch, actor=moderator)
    assert published_on_pilot(pilot) == 1
    assert {stored(each).visibility for each in (key, other)} == {"published"}


def test_a_shams_comments_on_pilots_are_hidden_with_the_others(app: Flask) -> None:
    pilot, author, key = on_a_pilot()
    made = decide(case(person_id=author), "void")
    assert stored(key).visibility == "hidden"
    assert published_on_pilot(pilot) == 0
    undo(made)
    assert published_on_pilot(pilot) == 1
    assert recount.differences() == []
