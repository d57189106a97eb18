"""One answer and one figure change together, or nothing does."""

from uuid import UUID

import pytest
from sqlalchemy import update

from citizen_voice.answers import recount, services
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident

pytestmark = pytest.mark.usefixtures("app")


def cast(person: UUID, number: int, value: str) -> None:
    with write():
        services.cast(person, number, value)


def test_changing_your_mind_moves_one_count_down_and_one_up() -> None:
    person, number = resident(), idea()
    cast(person, number, "support")
    assert figures(number) == (1, 0, 0)
    cast(person, number, "oppose")
    assert figures(number) == (0, 1, 0)
    cast(person, number, "skip")
    assert figures(number) == (0, 0, 1)


def test_answering_twice_counts_once() -> None:
    person, number = resident(), idea()
    cast(person, number, "support")
    cast(person, number, "support")
    assert figures(number) == (1, 0, 0)
    assert recount.differences() == []


def test_taking_back_leaves_nothing_and_can_be_done_twice() -> None:
    person, number = resident(), idea()
    cast(person, number, "oppose")
    cast(person, number, "none")
    cast(person, number, "none")
    assert figures(number) == (0, 0, 0)


def test_one_may_support_ones_own_idea_but_it_is_not_automatic() -> None:
    author = resident()
    number = idea(author=author)
    assert figures(number) == (0, 0, 0)
    cast(author, number, "support")
    assert figures(number) == (1, 0, 0)


@pytest.mark.parametrize("value", ["support", "oppose", "skip", "none"])
def test_a_closed_challenge_freezes_answers(value: str) -> None:
    asked, person = challenge(), resident()
    number = idea(asked)
    cast(person, number, "support")
    close(asked)
    with pytest.raises(services.NotAnswerable, match="has closed"):
        cast(person, number, value)
    assert figures(number) == (1, 0, 0)


def test_hidden_and_held_ideas_take_no_answers_and_do_not_exist_for_others() -> None:
    person, number = resident(), idea()
    with write():
        ideas.hide(number, actor=None, reason="Names somebody")
    with pytest.raises(NotHere):
        cast(person, number, "support")
    held = idea(challenge(moderation="before"))
    with pytest.raises(NotHere):
        cast(person, held, "support")


def test_a_support_ballot_takes_support_alone() -> None:
    person, number = resident(), idea(challenge(ballot="support"))
    for value in ("oppose", "skip"):
        with pytest.raises(services.NotAnswerable, match="support ideas, or leave"):
            cast(person, number, value)
    cast(person, number, "support")
    cast(person, number, "none")
    assert figures(number) == (0, 0, 0)


def test_an_unknown_answer_or_idea_is_refused() -> None:
    with pytest.raises(Refusal):
        cast(resident(), idea(), "maybe")
    with pytest.raises(NotHere):
        cast(resident(), 999_999, "support")
    with pytest.raises(NotHere):
        cast(resident(), 999_999, "none")


def test_the_recount_finds_and_mends_a_wrong_figure() -> None:
    person, number = resident(), idea()
    cast(person, number, "support")
    with write():
        db.session.execute(
            update(IdeaListing)
            .where(IdeaListing.idea_id == number)
            .values(support=7, listed=False, stage="adopted")
        )
    found = {(d.what, d.shown, d.counted) for d in recount.differences()}
    assert found == {
        ("support", 7, 1),
        ("listed", False, True),
        ("stage", "adopted", "open"),
    }
    assert recount.fix() == 1
    assert recount.differences() == []
    assert figures(number) == (1, 0, 0)
