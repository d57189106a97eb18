"""A conversation becomes a challenge, ideas, people and answers: all of it, once, as it was."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.answers import recount
from citizen_voice.answers.models import Answer
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.ideas.models import FIRST_NUMBER, Idea
from citizen_voice.imports import services
from tests.factories.challenges import challenge
from tests.factories.ideas import figures as figures_of
from tests.factories.ideas import idea
from tests.imports.conversations import (
    ALL,
    FIGURES,
    SLUG,
    BreakAfter,
    BrokenOff,
    bring_in,
    conversation,
    everything,
    figures,
    ideas,
    made,
    people,
    the_challenge,
)

pytestmark = pytest.mark.usefixtures("app")


def test_statements_become_ideas_shown_hidden_or_held_as_they_were(folder: Path) -> None:
    assert made(bring_in(folder)) == ALL
    rows = ideas()
    assert {key: (row.Idea.visibility, row.listed) for key, row in rows.items()} == {
        0: ("published", True),
        1: ("published", True),
        2: ("hidden", False),
        3: ("held", False),
    }
    written = datetime(2018, 2, 13, 5, 58, 16, 471_000, tzinfo=UTC)
    library, market, swimming = rows[0], rows[2], rows[3]
    assert (library.title, library.body, library.language) == (
        "Open the library until nine",
        "",
        "en",
    )
    assert market.title == "A second, longer evening market"
    assert "moderators of the imported conversation" in market.Idea.hidden_reason
    assert library.Idea.created_at == library.Idea.published_at == written - timedelta(seconds=300)
    assert swimming.Idea.created_at == written
    assert market.Idea.published_at is swimming.Idea.published_at is None
    assert [rows[key].Idea.id - FIRST_NUMBER for key in range(4)] == [0, 1, 2, 3]


def test_figures_are_what_was_answered(folder: Path) -> None:
    bring_in(folder)
    assert figures() == FIGURES
    assert recount.differences() == []
    assert {key: row.bucket for key, row in ideas().items()} == {0: 2, 1: 2, 2: 2, 3: 1}


def test_answers_keep_their_time_and_have_none_where_none_is_known(folder: Path) -> None:
    bring_in(folder)
    numbers = {row.Idea.id: key for key, row in ideas().items()}
    persons = {person.id: key for key, person in people().items()}
    times = {
        (persons[answer.person_id], numbers[answer.idea_id]): answer.answered_at
        for answer in db.session.scalars(select(Answer))
    }
    assert times[5, 0] == datetime(2018, 2, 13, 6, 5, tzinfo=UTC)
    assert times[2, 1] == datetime(2018, 2, 13, 6, 3, 20, 1_000, tzinfo=UTC)
    assert times[5, 1] is times[5, 2] is times[2, 0] is times[2, 3] is None


def test_without_times_no_answer_has_one(folder: Path) -> None:
    (folder / "votes.csv").unlink()
    bring_in(folder)
    assert set(db.session.scalars(select(Answer.answered_at))) == {None}


def test_people_have_neutral_names_and_keep_their_group(folder: Path) -> None:
    bring_in(folder)
    persons = people()
    assert {key: person.display_name for key, person in persons.items()} == {
        2: "Participant 2",
        5: "Participant 5",
        7: "Participant 7",
    }
    assert ideas()[1].Idea.author_id == persons[2].id
    groups = db.session.execute(
        select(ParticipantGroup.person_id, ParticipantGroup.group_number)
    ).all()
    assert dict(groups) == {persons[7].id: 1, persons[5].id: 0}


def test_imported_people_cannot_sign_in(folder: Path) -> None:
    bring_in(folder)
    persons = people().values()
    assert {person.kind for person in persons} == {"imported"}
    assert {(person.email, person.age_band) for person in persons} == {(None, None)}
    with pytest.raises(IntegrityError, match="only_residents_sign_in"), write():
        db.session.execute(update(Person).values(email="someone@example.org"))


def test_the_challenge_is_made_from_the_summary_with_an_honest_promise(folder: Path) -> None:
    outcome = services.run(conversation(folder), services.Wish(SLUG))
    found = the_challenge()
    assert outcome.new_challenge
    assert found.question_en == "Better evenings"
    assert found.background_en == "What should there be\nto do after dark?"
    assert found.opens_on == date(2018, 2, 13)
    assert found.closes_on == clock.today() + timedelta(days=365)
    assert found.ballot == "opinion"
    assert found.published_at is not None
    assert "https://polis.invalid/2evenings" in found.sponsor_en
    for part in ("sponsor", "decides", "money", "fixed", "promise"):
        assert getattr(found, f"{part}_en")
        assert getattr(found, f"{part}_cy")


def test_the_last_day_and_the_language_can_be_said(folder: Path) -> None:
    services.run(
        conversation(folder), services.Wish(SLUG, language="cy", closes_on=date(2018, 3, 1))
    )
    found = the_challenge()
    assert found.closes_on == date(2018, 3, 1)
    assert found.question_cy == "Better evenings"
    assert {row.language for row in ideas().values()} == {"cy"}
    assert {person.language for person in people().values()} == {"cy"}


def test_a_last_day_before_the_first_statement_is_refused_and_nothing_made(folder: Path) -> None:
    wish, before = services.Wish(SLUG, closes_on=date(2018, 2, 12)), everything()
    for act in (services.plan, services.run):
        with pytest.raises(Refusal, match="closing day"):
            act(conversation(folder), wish)
    assert everything() == before


def test_a_long_topic_is_cut_and_stands_whole_in_the_background(folder: Path) -> None:
    topic = "Evenings " * 30
    summary = (folder / "summary.csv").read_text().replace("Better evenings", topic)
    (folder / "summary.csv").write_text(summary)
    bring_in(folder)
    found = the_challenge()
    assert len(found.question_en) <= 160
    assert found.question_en.endswith("…")
    assert found.background_en.startswith(topic.strip())


def test_statements_as_long_or_hostile_as_they_may_be_are_brought_in(folder: Path) -> None:
    long = " ".join(["evening"] * 100)
    comments = (folder / "comments.csv").read_text(encoding="utf-8")
    comments = comments.replace("Light the canal path", long)
    comments = comments.replace("Late swimming", "Late \u202egnimmiws\u202c <b>e\u0301</b>")
    (folder / "comments.csv").write_text(comments, encoding="utf-8")
    bring_in(folder)
    rows = ideas()
    assert rows[1].title.endswith("…")
    assert len(rows[1].title) <= 400
    assert rows[1].body == long
    assert rows[3].title == "Late gnimmiws <b>\u00e9</b>"


def test_planning_writes_nothing_and_says_what_would_be_made(folder: Path) -> None:
    before = everything()
    planned = services.plan(conversation(folder), services.Wish(SLUG))
    assert planned.new_challenge
    assert made(planned) == ALL
    assert everything() == before
    with pytest.raises(BrokenOff):
        bring_in(folder, progress=BreakAfter(5))
    before = everything()
    planned = services.plan(conversation(folder), services.Wish(SLUG))
    assert not planned.new_challenge
    assert made(planned) == {"people": 0, "ideas": 0, "answers": 6}
    assert everything() == before
    bring_in(folder)
    planned = services.plan(conversation(folder), services.Wish(SLUG))
    assert made(planned) == dict.fromkeys(ALL, 0)


def test_ideas_are_added_to_a_challenge_that_has_its_own(folder: Path) -> None:
    there = challenge(slug=SLUG)
    number = idea(there, title="A café by the river")
    outcome = bring_in(folder)
    assert not outcome.new_challenge
    assert made(outcome) == ALL
    assert the_challenge().closes_on == there.closes_on
    assert the_challenge().sponsor_en == there.sponsor_en
    assert {row.Idea.challenge_id for row in ideas().values()} == {there.id}
    assert [row.Idea.id for row in ideas().values()] == [number + more for more in (1, 2, 3, 4)]
    assert figures_of(number) == (0, 0, 0)
    assert recount.differences() == []


def test_a_challenge_that_takes_support_only_is_refused(folder: Path) -> None:
    challenge(slug=SLUG, ballot="support")
    before = everything()
    for act in (services.plan, services.run):
        with pytest.raises(Conflict, match="support only"):
            act(conversation(folder), services.Wish(SLUG))
    assert everything() == before


def test_one_conversation_goes_into_two_challenges(folder: Path) -> None:
    bring_in(folder, "one")
    assert made(bring_in(folder, "two")) == ALL
    assert recount.differences() == []


def test_a_conversation_without_statements_is_an_empty_challenge(folder: Path) -> None:
    for file in ("comments.csv", "participants-votes.csv"):
        header = (folder / file).read_text().splitlines()[0]
        (folder / file).write_text(header.removesuffix(",0,1,2,3") + "\n")
    (folder / "votes.csv").unlink()
    assert made(bring_in(folder)) == dict.fromkeys(ALL, 0)
    assert the_challenge().opens_on == clock.today()
    assert db.session.scalar(select(func.count()).select_from(Idea)) == 0
