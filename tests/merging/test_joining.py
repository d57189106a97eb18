"""Joining ideas: each person counts once, comments come along, the address leads on."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.answers import services as answers
from citizen_voice.answers.models import Answer
from citizen_voice.comments.models import Comment
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.merging import queries, services
from citizen_voice.merging.models import IdeaMerge, MergedAnswer
from tests.factories.challenges import challenge
from tests.factories.comments import comment, published, reply
from tests.factories.comments import stored as stored_comment
from tests.factories.ideas import figures, idea, stored
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.merging.rows import differences
from tests.merging.saying import NOW, answered, said


def untimed(idea_id: int, person: UUID) -> None:
    """Have an answer's time be unknown, as an import may."""
    with write():
        which = (Answer.idea_id == idea_id, Answer.person_id == person)
        db.session.execute(update(Answer).where(*which).values(answered_at=None))


@pytest.mark.parametrize(
    ("theirs", "own", "counts"),
    [
        (1, None, "support"),
        (2, 1, "support"),
        (1, 2, "oppose"),
        (1, 1, "oppose"),
        ("untimed", 1, "oppose"),
        ("untimed", "untimed", "oppose"),
        ("untimed", None, "support"),
        (1, "untimed", "support"),
    ],
)
def test_the_later_of_two_answers_wins_and_one_without_a_time_loses_to_the_survivors_own(
    app: Flask, theirs: object, own: object, counts: str
) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    for number, when, value in ((source, theirs, "support"), (into, own, "oppose")):
        if when is not None:
            said(number, person, value, days=when if isinstance(when, int) else 0)
        if when == "untimed":
            untimed(number, person)
    joined(source, into)
    assert answered(into, person) == counts
    assert answered(source, person) is None
    assert figures(into) == ((1, 0, 0) if counts == "support" else (0, 1, 0))
    assert figures(source) == (0, 0, 0)
    assert differences() == []


def test_each_person_counts_once_whatever_they_answered(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    both, one, other, skipper = (resident() for _each in range(4))
    said(source, both, "support")
    said(into, both, "support", days=1)
    said(source, one, "support")
    said(into, other, "oppose")
    said(source, skipper, "skip")
    joined(source, into)
    assert figures(into) == (2, 1, 1)
    assert differences() == []


def test_what_moves_counts_as_an_answer_to_the_words_in_force(app: Flask) -> None:
    asked, person, author = challenge(), resident(), resident()
    source, into = idea(asked), idea(asked, author)
    with write():
        ideas.edit(into, author, title="Two", body="", language="en", topic_id=None, ward_id=None)
    said(source, person, "support")
    key = joined(source, into)
    row = db.session.get_one(Answer, (into, person))
    assert row.version == stored(into).version == 2
    kept = db.session.get_one(MergedAnswer, (key, person))
    assert (kept.value, kept.version, kept.answered_at, kept.became) == (1, 1, NOW, "moved")


def test_comments_come_along_marked_with_their_replies(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    there = comment(into)
    top = comment(source)
    under = reply(top)
    joined(source, into)
    assert published(into) == 3
    assert published(source) == 0
    assert [stored_comment(key).merged_from for key in (there, top, under)] == [
        None,
        source,
        source,
    ]
    later = reply(top)
    assert stored_comment(later).thread_id == stored_comment(there).thread_id
    assert published(into) == 4
    assert differences() == []


def test_comments_move_to_an_idea_that_had_none(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    key = comment(source)
    joined(source, into)
    assert published(into) == 1
    assert db.session.get_one(Comment, key).merged_from == source
    assert differences() == []


def test_a_joined_idea_is_off_the_lists_and_takes_neither_answers_nor_comments(
    app: Flask,
) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked, title="A crane for the quay"), idea(asked)
    joined(source, into)
    assert (stored(source).stage, stored(into).stage) == ("merged", "open")
    with pytest.raises(answers.NotAnswerable, match="joined with another"):
        answers.answer(person, source, "support")
    page = app.test_client().get("/ideas?q=crane").get_data(as_text=True)
    assert f"CV-{source}" not in page
    assert "A crane for the quay" not in page


def test_joining_is_written_into_the_journal_with_the_hash_of_its_reason(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    joined(source, into)
    entry = db.session.scalars(
        select(JournalEntry).order_by(JournalEntry.number.desc()).limit(1)
    ).one()
    assert (entry.act, entry.subject) == (f"idea joined with CV-{into}", f"idea CV-{source}")
    assert isinstance(journal.verify(), int)


def test_ideas_of_other_ballots_stay_apart(app: Flask) -> None:
    source, into = idea(challenge()), idea(challenge(ballot="support"))
    with pytest.raises(services.CannotJoin, match="can't be counted together"):
        joined(source, into)


def test_ideas_of_two_challenges_with_one_ballot_can_be_joined(app: Flask) -> None:
    source, into, person = idea(challenge()), idea(challenge()), resident()
    said(source, person, "support")
    joined(source, into)
    assert figures(into) == (1, 0, 0)
    assert differences() == []


@pytest.mark.parametrize(
    ("which", "stage", "words"),
    [
        ("source", "piloting", "stays on its own"),
        ("source", "adopted", "stays on its own"),
        ("source", "declined", "stays on its own"),
        ("source", "withdrawn", "taken this idea back"),
        ("source", "merged", "already"),
        ("into", "withdrawn", "taken that idea back"),
        ("into", "merged", "Choose that one"),
    ],
)
def test_what_cannot_be_joined_is_refused_in_words(
    app: Flask, which: str, stage: str, words: str
) -> None:
    asked = challenge()
    pair = {"source": idea(asked), "into": idea(asked)}
    with write():
        db.session.execute(update(Idea).where(Idea.id == pair[which]).values(stage=stage))
    with pytest.raises(services.CannotJoin, match=words):
        joined(pair["source"], pair["into"])


@pytest.mark.parametrize("stage", ["shortlisted", "piloting", "adopted", "declined"])
def test_an_idea_can_be_joined_with_one_that_is_further(app: Flask, stage: str) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    with write():
        ideas.shortlist(source, actor=None, reason="Many ask for it")
        row = db.session.get_one(Idea, into)
        row.stage = stage
        ideas.relist(row)
    joined(source, into)
    assert differences() == []


def test_hidden_ideas_are_not_joined_nor_one_with_itself_nor_with_none(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    with pytest.raises(services.CannotJoin, match="same idea"):
        joined(source, source)
    with pytest.raises(NotHere):
        joined(source, 2_000_000)
    for number in (source, into):
        with write():
            ideas.hide(number, actor=None, reason="Names somebody")
        with pytest.raises(services.CannotJoin, match="Everybody must be able"):
            joined(source, into)
        with write():
            ideas.publish(number, actor=None)
    joined(source, into)


def test_an_idea_joined_on_and_on_leads_to_the_last(app: Flask) -> None:
    asked = challenge()
    first, second, third = (idea(asked) for _each in range(3))
    person = resident()
    said(first, person, "support")
    joined(first, second)
    joined(second, third)
    assert {queries.survivor(number) for number in (first, second, third)} == {third}
    assert queries.gathered(third) == {first, second}
    assert figures(third) == (1, 0, 0)
    assert differences() == []


def test_check_names_what_does_not_agree_with_the_merges(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into, alone = idea(asked), idea(asked), idea(asked)
    joined(source, into)
    with write():
        db.session.add(Answer(idea_id=source, person_id=person, value=1, version=1))
        db.session.execute(update(Idea).where(Idea.id == alone).values(stage="merged"))
    found = "\n".join(differences())
    assert f"CV-{source}: answers were left behind" in found
    assert f"CV-{alone}: is part of no other idea" in found
    with write():
        db.session.execute(update(IdeaMerge).values(undone_at=clock.now()))
    assert f"CV-{source}: is part of no other idea" in "\n".join(differences())
