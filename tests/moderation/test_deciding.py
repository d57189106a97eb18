"""A decision does what it says, is undone wholly, and is made once."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment, CommentVersion
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaVersion
from citizen_voice.journal import services as journal
from citizen_voice.moderation import services, things
from citizen_voice.moderation.models import EDIT_WAITS, HELD, Case, Decision
from citizen_voice.moderation.services import AlreadyDecided, ChangedMeanwhile, Ruling
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.retention import swept
from tests.factories.team import colleague
from tests.habits.rows import everything

pytestmark = pytest.mark.usefixtures("app")

PHONE = "Ring 0113 496 0000."
TRACES = {"journal_entries", "decisions", "cases", "news_items", "site_settings"}


def without_traces() -> dict[str, Any]:
    """Every row but those that tell what was decided, the site's revision, and SQLite's index."""
    return {
        table: rows
        for table, rows in everything().items()
        if table not in TRACES and not table.startswith("idea_search_")
    }


def undo(decision: UUID) -> None:
    moderator = colleague()
    with write():
        services.undo(decision, actor=moderator)


def said(number: int, author: UUID | None = None) -> UUID:
    author = author or resident()
    with write():
        return comments.comment(author, number, body=PHONE, language="en").id


def test_what_is_hidden_and_undone_is_as_it_was_before(app: Flask) -> None:
    number = idea()
    supporter = resident()
    with write():
        answering.cast(supporter, number, "support")
    about = case(idea_id=number)
    actor = colleague()
    ground()
    before = without_traces()
    decision = decide(about, "hide", actor=actor)
    assert stored(number).visibility == "hidden"
    assert db.session.get_one(Case, about).closed_at is not None
    with write():
        services.undo(decision, actor=actor)
    assert without_traces() == before
    assert db.session.get_one(Case, about).closed_at is None


def test_a_comment_is_hidden_and_comes_back_with_its_older_words() -> None:
    author = resident()
    key = said(idea(), author)
    with write():
        comments.edit(key, author, body="Ring me.", language="en")
    about, actor = case(comment_id=key), colleague()
    ground()
    before = without_traces()
    decision = decide(about, "hide", actor=actor)
    with write():
        services.undo(decision, actor=actor)
    assert without_traces() == before


def test_a_held_idea_is_kept_and_held_again() -> None:
    number = idea(challenge(moderation="before"))
    about = case(idea_id=number, kind=HELD)
    decision = decide(about, "keep")
    assert stored(number).visibility == "published"
    undo(decision)
    assert stored(number).visibility == "held"


def test_an_edit_that_waits_comes_into_force_and_waits_again() -> None:
    author, place = resident(), challenge(moderation="before")
    number = idea(place, author)
    with write():
        ideas.publish(number, actor=None)
        ideas.edit(
            number, author, title="Other words", body="", language="en", topic_id=None, ward_id=None
        )
    about = case(idea_id=number, kind=EDIT_WAITS)
    decision = decide(about, "keep")
    assert stored(number).version == 2
    undo(decision)
    assert stored(number).version == 1


def test_private_details_go_and_are_kept_for_the_appeal_alone() -> None:
    key = said(idea())
    decision = decide(case(comment_id=key), "redact", body="Ring them.")
    bodies = select(CommentVersion.body).where(CommentVersion.comment_id == key)
    assert list(db.session.scalars(bodies.order_by(CommentVersion.number))) == ["", "Ring them."]
    assert db.session.get_one(Comment, key).public_from == 2
    made = db.session.get_one(Decision, decision)
    assert made.original == {"versions": [{"number": 1, "title": "", "body": PHONE}]}
    with clock.at(clock.now() + services.APPEAL_LASTS * 2), write():
        assert swept("originals") == 1
    moderator = colleague()
    with pytest.raises(Refusal, match="gone"), write():
        services.undo(decision, actor=moderator)


def test_private_details_come_back_when_it_is_undone() -> None:
    number = idea(title="Ask Sam at 9 Hill Street")
    about, actor = case(idea_id=number), colleague()
    ground()
    before = without_traces()
    decision = decide(about, "redact", actor=actor, title="Ask on Hill Street", body="Rest.")
    titles = select(IdeaVersion.title).where(IdeaVersion.idea_id == number)
    assert "Ask Sam at 9 Hill Street" not in list(db.session.scalars(titles))
    with write():
        services.undo(decision, actor=actor)
    assert without_traces() == before


@pytest.mark.parametrize("act", ["pause", "close"])
def test_who_is_paused_takes_part_no_more_until_it_is_undone(act: str) -> None:
    author, another = resident(), idea()
    until = clock.end_of(clock.today())
    decision = decide(case(idea_id=idea(author=author)), act, until=until)
    with pytest.raises(accounts.Paused), write():
        comments.comment(author, another, body="Again", language="en")
    with pytest.raises(accounts.Paused):
        answering.answer(author, another, "support")
    undo(decision)
    answering.answer(author, another, "support")


def test_a_pause_ends_by_itself() -> None:
    author, another = resident(), idea()
    decide(case(idea_id=idea(author=author)), "pause", until=clock.end_of(clock.today()))
    with clock.at(clock.end_of(clock.today())):
        answering.answer(author, another, "support")


def test_a_name_is_taken_away_and_comes_back() -> None:
    person = resident(name="Rude Word")
    decision = decide(case(person_id=person), "hide")
    assert db.session.get_one(Person, person).display_name is None
    undo(decision)
    assert db.session.get_one(Person, person).display_name == "Rude Word"


def test_of_two_who_decide_the_second_is_told_what_was_decided() -> None:
    about = case(idea_id=idea())
    first = decide(about, "keep")
    with pytest.raises(AlreadyDecided) as told:
        decide(about, "hide")
    assert told.value.decision_id == first


def test_nobody_decides_about_their_own_words() -> None:
    moderator = colleague()
    with pytest.raises(NotAllowed, match="own words"):
        decide(case(idea_id=idea(author=moderator)), "keep", actor=moderator)


def test_words_that_have_changed_are_read_again_first() -> None:
    author = resident()
    number = idea(author=author)
    about = case(idea_id=number)
    mark = things.mark_of(db.session.get_one(Case, about))
    with write():
        ideas.edit(
            number, author, title="Other", body="", language="en", topic_id=None, ward_id=None
        )
    with pytest.raises(ChangedMeanwhile):
        decide(about, "keep", seen={about: mark})


def test_a_batch_is_decided_and_undone_whole_or_not_at_all() -> None:
    numbers = [idea() for _ in range(3)]
    cases = [case(idea_id=number) for number in numbers]
    ruling = Ruling("hide", ground_id=ground(), words="Advertising.")
    moderator = colleague()
    decide(cases[1], "keep")
    with pytest.raises(AlreadyDecided), write():
        services.decide(cases, ruling, actor=moderator)
    assert [stored(number).visibility for number in numbers] == ["published"] * 3
    with write():
        made = services.decide([cases[0], cases[2]], ruling, actor=moderator)
        batch = made[0].batch_id
    assert batch is not None
    with write():
        services.undo_batch(batch, actor=moderator)
    assert [stored(number).visibility for number in numbers] == ["published"] * 3


def test_what_rests_on_a_decision_is_undone_first() -> None:
    number = idea()
    first = decide(case(idea_id=number), "redact", title="Shorter", body="Rest.")
    decide(case(idea_id=number), "hide")
    moderator = colleague()
    with pytest.raises(NotAllowed, match="Undo that first"), write():
        services.undo(first, actor=moderator)


def test_a_ground_and_words_are_owed_for_everything_but_keeping() -> None:
    about = case(idea_id=idea())
    for values, field in (({"ground_id": None}, "ground"), ({"words": " "}, "words")):
        with pytest.raises(Refusal) as refusal:
            decide(about, "hide", **values)
        assert refusal.value.field == field


def test_every_decision_is_in_the_journal() -> None:
    decision = decide(case(idea_id=idea()), "hide")
    undo(decision)
    assert isinstance(journal.verify(), int)
