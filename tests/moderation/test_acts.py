"""Moving, joining and voiding as decisions: done, undone wholly, and undone by an appeal."""

from typing import Any
from uuid import UUID

import pytest

from citizen_voice.answers import recount
from citizen_voice.answers import services as answering
from citizen_voice.comments import recount as comments_recount
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.moderation import services
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.moderation.test_deciding import without_traces

pytestmark = pytest.mark.usefixtures("app")

FIGURES = {"idea_merges", "merged_answers", "void_answers", "idea_listing", "appeals"}


def answered(number: int, *values: str) -> list[UUID]:
    people = [resident() for _ in values]
    for person, value in zip(people, values, strict=True):
        with write():
            answering.cast(person, number, value)
    return people


def words_and_answers() -> dict[str, Any]:
    """What is there, but for what keeps the trace of a merge, and the figures (see ``sound``)."""
    return {name: rows for name, rows in without_traces().items() if name not in FIGURES}


def sound() -> bool:
    db.session.rollback()
    return recount.differences() == [] and comments_recount.differences() == []


def test_an_idea_is_moved_and_moved_back() -> None:
    place = challenge(topics=("Streets",))
    number, target = idea(place), challenge()
    answered(number, "support", "oppose")
    about, moderator = case(idea_id=number), colleague()
    ground()
    before = without_traces()
    decision = decide(about, "move", actor=moderator, target=target.id)
    assert stored(number).challenge_id == target.id
    assert figures(number) == (1, 1, 0)
    with write():
        services.undo(decision, actor=moderator)
    assert without_traces() == before


def test_an_idea_is_joined_and_taken_apart() -> None:
    place = challenge()
    number, into = idea(place), idea(place)
    answered(number, "support", "support")
    answered(into, "support", "oppose")
    about, moderator = case(idea_id=number), colleague()
    ground()
    before = words_and_answers()
    decision = decide(about, "merge", actor=moderator, target=into)
    assert stored(number).stage == "merged"
    assert figures(into) == (3, 1, 0)
    with write():
        services.undo(decision, actor=moderator)
    assert words_and_answers() == before
    assert figures(number) == (2, 0, 0)
    assert figures(into) == (1, 1, 0)
    assert sound()


@pytest.mark.parametrize("act", ["move", "merge"])
def test_where_to_has_to_be_said(act: str) -> None:
    with pytest.raises(Refusal) as refusal:
        decide(case(idea_id=idea()), act)
    assert refusal.value.field == "target"


def test_a_comment_is_neither_moved_nor_joined() -> None:
    author, number = resident(), idea()
    with write():
        said = comments.comment(author, number, body="Yes!", language="en").id
    about = case(comment_id=said)
    for act in ("move", "merge"):
        with pytest.raises(Refusal, match="can't be done"):
            decide(about, act, target=number)


def test_a_sham_counts_no_more_until_somebody_else_finds_otherwise() -> None:
    number, sham, moderator = idea(), resident(), colleague()
    with write():
        answering.cast(sham, number, "support")
        comments.comment(sham, number, body="Buy my boots.", language="en")
    about = case(idea_id=idea(author=sham))
    ground()
    before = words_and_answers()
    decision = decide(about, "void", actor=moderator)
    assert figures(number) == (0, 0, 0)
    assert sound()
    with write():
        appeal = services.appeal(decision, sham, words="I am I.", language="en").id
    another = colleague()
    with write():
        services.decide_appeal(appeal, upheld=True, reason="So you are.", actor=another)
    after = words_and_answers()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"persons", "colleagues", "colleague_roles"}, "the other moderator came"
    assert figures(number) == (1, 0, 0)
    assert sound()
