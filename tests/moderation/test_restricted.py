"""Whose account stands still for a request about data: nothing of theirs is shown or changed."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.models import UNTIL_LIFTED, Person
from citizen_voice.db import db, write
from citizen_voice.desk import services as desk
from citizen_voice.desk.models import RESTRICTION
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services
from citizen_voice.moderation.acts import StandsStill
from citizen_voice.moderation.models import Case, Decision
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.desk import asked, officer
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.moderation.deciding import LETTER, filled, send
from tests.moderation.test_queue_bulk import LETTERS, ticks

SENTENCE = "Its author asked that nothing is done with it for now."


def restricted(author: UUID) -> int:
    """The number of their request, by which everything stands still."""
    return asked(author, RESTRICTION)


def lifted(number: int) -> None:
    """The officer lifts it."""
    actor = officer()
    with write():
        desk.lift(number, actor=actor)


def visibility(number: int) -> str:
    db.session.rollback()
    return stored(number).visibility


def test_keeping_a_reported_idea_is_refused_in_the_page_until_the_officer_lifts_it(
    client: Client, moderator: UUID
) -> None:
    author = resident()
    number = idea(author=author)
    about = case(idea_id=number)
    request = restricted(author)
    address = f"/staff/cases/{about}/decide"
    answer = client.send(address, filled(about, "keep"))
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    answer = client.send(address, filled(about, "keep"), headers={"HX-Request": "true"})
    assert SENTENCE in answer.text
    assert visibility(number) == "held"
    assert db.session.get_one(Case, about).closed_at is None
    lifted(request)
    send(client, about, "keep")
    assert visibility(number) == "published"


@pytest.mark.parametrize("act", ["redact", "pause", "void", "move", "ask"])
def test_what_changes_words_or_account_is_refused_and_changes_nothing(app: Flask, act: str) -> None:
    author = resident()
    number = idea(author=author)
    about = case(idea_id=number)
    restricted(author)
    target = challenge().id
    until = clock.now() + timedelta(days=7)
    with pytest.raises(StandsStill):
        decide(about, act, target=target, until=until, title="Other", body="Other words.")
    assert visibility(number) == "held"
    assert db.session.get_one(Person, author).paused_until == UNTIL_LIFTED
    assert db.session.query(Decision).count() == 0


@pytest.mark.usefixtures("app")
def test_a_waiting_edit_does_not_come_into_force() -> None:
    author = resident()
    number = idea(challenge(moderation="before"), author)
    with write():
        ideas.publish(number, actor=None)
        words = {"title": "New words", "body": "", "language": "en"}
        ideas.edit(number, author, **words, topic_id=None, ward_id=None)
    (about,) = db.session.query(Case.id).filter_by(idea_id=number, closed_at=None).one()
    request = restricted(author)
    with pytest.raises(StandsStill):
        decide(about, "keep")
    assert stored(number).version == 1
    lifted(request)
    decide(about, "keep")
    assert (visibility(number), stored(number).version) == ("published", 2)


@pytest.mark.usefixtures("app")
def test_what_was_hidden_before_is_shown_neither_by_undoing_nor_by_an_appeal() -> None:
    author, first, second = resident(), colleague(), colleague()
    number = idea(author=author)
    hidden = decide(case(idea_id=number), "hide", actor=first)
    with write():
        appeal = services.appeal(hidden, author, words="It was kind.", language="en").id
    request = restricted(author)
    with pytest.raises(StandsStill), write():
        services.undo(hidden, actor=first)
    with pytest.raises(StandsStill), write():
        services.decide_appeal(appeal, upheld=True, reason="I read it.", actor=second)
    assert visibility(number) == "hidden"
    lifted(request)
    assert visibility(number) == "hidden"
    with write():
        services.decide_appeal(appeal, upheld=True, reason="I read it.", actor=second)
    assert visibility(number) == "published"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("first", ["undo", "lift"])
def test_what_is_hidden_meanwhile_is_as_before_once_both_are_undone(first: str) -> None:
    author, moderator = resident(), colleague()
    number = idea(author=author)
    request = restricted(author)
    hidden = decide(case(idea_id=number), "hide", actor=moderator)
    assert visibility(number) == "hidden"
    if first == "lift":
        lifted(request)
        assert visibility(number) == "hidden"
    with write():
        services.undo(hidden, actor=moderator)
    if first == "undo":
        assert visibility(number) == "held"
        lifted(request)
    assert visibility(number) == "published"
    assert stored(number).public_from == 1


@pytest.mark.usefixtures("app")
def test_a_pause_from_before_is_neither_undone_nor_lost() -> None:
    author, moderator = resident(), colleague()
    until = clock.now().replace(microsecond=0) + timedelta(days=7)
    paused = decide(case(idea_id=idea(author=author)), "pause", actor=moderator, until=until)
    request = restricted(author)
    with pytest.raises(StandsStill), write():
        services.undo(paused, actor=moderator)
    db.session.rollback()
    assert db.session.get_one(Person, author).paused_until == UNTIL_LIFTED
    lifted(request)
    assert db.session.get_one(Person, author, populate_existing=True).paused_until == until
    with write():
        services.undo(paused, actor=moderator)
    assert db.session.get_one(Person, author, populate_existing=True).paused_until is None


def test_of_many_cases_theirs_are_left_out_with_the_reason(client: Client, moderator: UUID) -> None:
    author = resident()
    mine, other = idea(author=author), idea()
    cases = [case(idea_id=mine), case(idea_id=other)]
    restricted(author)
    boxes = {"act": "keep", "case": ticks(cases)}
    look = client.send("/staff/queue/bulk", boxes).text
    assert "Left out: 1" in look
    assert SENTENCE[:-1] in look
    assert client.send("/staff/queue/bulk", boxes | LETTERS | {"confirm": "1"}).status_code == 303
    assert (visibility(mine), visibility(other)) == ("held", "published")
    assert [db.session.get_one(Case, key).closed_at is None for key in cases] == [True, False]


def test_a_batch_with_theirs_is_not_undone_and_that_is_said(
    client: Client, moderator: UUID
) -> None:
    author = resident()
    numbers = [idea(author=author), idea()]
    cases = [case(idea_id=number) for number in numbers]
    boxes = {"act": "hide", "case": ticks(cases), "ground": filled(cases[0], "hide")["ground"]}
    sent = client.send("/staff/queue/bulk", boxes | LETTERS | {"confirm": "1"})
    assert sent.status_code == 303, sent.text
    batch = db.session.query(Decision.batch_id).first()
    restricted(author)
    assert batch is not None
    answer = client.send(f"/staff/batches/{batch[0]}/undo")
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    assert [visibility(number) for number in numbers] == ["hidden", "hidden"]


def test_a_form_that_is_refused_keeps_what_was_typed(client: Client, moderator: UUID) -> None:
    author = resident()
    about = case(idea_id=idea(author=author))
    restricted(author)
    sent = filled(about, "pause", until="2099-01-31")
    answer = client.send(f"/staff/cases/{about}/decide", sent)
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    assert LETTER in answer.text
