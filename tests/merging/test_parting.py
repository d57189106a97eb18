"""Taking joined ideas apart: everything returns as it was, and what people did since stays."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers.models import Answer
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.merging.models import MergedAnswer
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment, published, reply
from tests.factories.comments import stored as stored_comment
from tests.factories.ideas import figures, idea, stored
from tests.factories.merging import joined, parted
from tests.factories.people import resident
from tests.factories.retention import swept
from tests.merging.rows import differences, rows
from tests.merging.saying import NOW, answered, said


def test_where_nobody_did_anything_since_every_row_is_as_before(app: Flask) -> None:
    asked = challenge(topics=("Streets",))
    source, into, author = idea(asked), idea(asked), resident()
    people = [resident() for _each in range(6)]
    for place, person in enumerate(people):
        said(source, person, ("support", "oppose", "skip")[place % 3], days=place % 4)
        if place % 2:
            said(into, person, ("oppose", "support")[place % 4 == 1], days=2)
        said(source, person, "support", days=place % 5)
    with write():
        untimed = (Answer.person_id == people[1], Answer.person_id == people[2])
        db.session.execute(update(Answer).where(untimed[0] | untimed[1]).values(answered_at=None))
        ideas.shortlist(source, actor=None, reason="Many ask for it")
    said(into, people[0], "skip", days=6)
    top, other = comment(source, author), comment(into, author)
    reply(other)
    hidden = reply(top)
    with write():
        comments.hide(hidden, actor=None, reason="Names somebody")
        comments.remove(other, author)
    before = rows(source, into)
    key = joined(source, into)
    assert rows(source, into) != before
    assert differences() == []
    parted(key)
    assert rows(source, into) == before
    assert differences() == []
    assert db.session.scalars(select(func.count()).select_from(MergedAnswer)).one() == 0


def test_what_changed_since_stays_and_what_moved_returns_all_the_same(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    changed, gone, new, loser = (resident() for _each in range(4))
    for person in (changed, gone):
        said(source, person, "support", days=-2)
        said(into, person, "skip", days=-3)
    said(source, loser, "oppose", days=-3)
    said(into, loser, "support", days=-2)
    key = joined(source, into)
    said(into, changed, "oppose", days=1)
    said(into, gone, "none", days=1)
    said(into, new, "support", days=1)
    said(into, loser, "skip", days=1)
    parted(key)
    assert [answered(source, each) for each in (changed, gone, new, loser)] == [
        "support",
        "support",
        None,
        "oppose",
    ]
    assert [answered(into, each) for each in (changed, gone, new, loser)] == [
        "oppose",
        None,
        "support",
        "skip",
    ]
    assert differences() == []


def test_the_same_answer_given_again_since_is_the_persons_own(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support")
    key = joined(source, into)
    said(into, person, "support", days=1)
    parted(key)
    assert (answered(source, person), answered(into, person)) == ("support", "support")
    assert differences() == []


def test_replies_since_go_back_with_the_comment_that_they_reply_to(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    top, there = comment(source), comment(into)
    key = joined(source, into)
    under, new = reply(top), comment(into)
    parted(key)
    assert (published(source), published(into)) == (2, 2)
    assert stored_comment(under).thread_id == stored_comment(top).thread_id
    assert stored_comment(new).thread_id == stored_comment(there).thread_id
    assert stored_comment(top).merged_from is None
    assert differences() == []


def test_who_left_meanwhile_does_not_come_back(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    early, late = resident(), resident()
    for person in (early, late):
        said(source, person, "support")
    said(into, early, "oppose", days=-1)
    key = joined(source, into)
    with write():
        accounts.leave(early, remove_words=False)
    close(asked)
    with write():
        accounts.leave(late, remove_words=False)
    assert figures(into) == (1, 0, 0)
    parted(key)
    assert figures(source) == (0, 0, 0)
    assert figures(into) == (1, 0, 0)  # detached from where it was counted by then
    assert differences() == []


def test_an_author_who_left_with_their_words_leaves_no_idea_behind(app: Flask) -> None:
    asked, author = challenge(), resident()
    source, into = idea(asked, author), idea(asked)
    key = joined(source, into)
    with write():
        accounts.leave(author, remove_words=True)
    parted(key)
    assert stored(source).stage == "withdrawn"
    assert differences() == []


def test_of_several_merges_the_newest_is_undone_first(app: Flask) -> None:
    asked, person, other = challenge(), resident(), resident()
    first, second, third = (idea(asked) for _each in range(3))
    said(first, person, "support", days=-3)
    said(second, person, "oppose", days=-4)
    said(third, other, "support")
    top = comment(first)
    before = rows(first, second, third)
    one = joined(first, second)
    reply(top)
    comment(second)
    between = rows(first, second, third)
    two = joined(second, third)
    assert published(third) == 3
    with pytest.raises(NotAllowed, match="Take those apart first"):
        parted(one)
    parted(two)
    assert rows(first, second, third) == between
    parted(one)
    after = rows(first, second, third)
    assert (after["answers"], after["listings"]) == (before["answers"], before["listings"])
    assert (published(first), published(second)) == (2, 1)
    assert differences() == []


def test_two_that_were_joined_with_one_are_taken_apart_in_the_other_order(app: Flask) -> None:
    asked, person = challenge(), resident()
    first, second, third = (idea(asked) for _each in range(3))
    for days, number in enumerate((third, first, second)):
        said(number, person, ("skip", "support", "oppose")[days], days=days - 4)
    before = rows(first, second, third)
    one, two = joined(first, third), joined(second, third)
    assert answered(third, person) == "oppose"
    with pytest.raises(NotAllowed):
        parted(one)
    parted(two)
    assert answered(third, person) == "support"
    parted(one)
    assert rows(first, second, third) == before


def test_it_can_be_undone_for_six_months_and_then_how_people_answered_goes(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into = idea(asked), idea(asked)
    said(source, person, "support")
    with clock.at(NOW - timedelta(days=182)):
        late = joined(source, into)
    with clock.at(NOW + timedelta(days=2)):
        with write():
            assert swept("joined-answers") == 1
        with pytest.raises(NotAllowed, match="six months"):
            parted(late)
    assert answered(into, person) == "support"
    assert differences() == []


def test_it_is_undone_once(app: Flask) -> None:
    asked = challenge()
    source, into = idea(asked), idea(asked)
    key = joined(source, into)
    parted(key)
    with pytest.raises(NotAllowed, match="already"):
        parted(key)
    with pytest.raises(NotHere):
        parted(key + 1_000)
    joined(source, into)
    assert differences() == []


def test_an_idea_can_be_joined_again_with_another(app: Flask) -> None:
    asked, person = challenge(), resident()
    source, into, third = (idea(asked) for _each in range(3))
    said(source, person, "support")
    parted(joined(source, into))
    joined(source, third)
    assert (figures(source), figures(into), figures(third)) == ((0, 0, 0), (0, 0, 0), (1, 0, 0))
    assert differences() == []
