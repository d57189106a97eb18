"""What waits is in the queue, its author sees how long, and what is moot closes by itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.journal import services as journal
from citizen_voice.moderation import services
from citizen_voice.moderation.models import (
    EDIT_WAITS,
    GRAVE,
    HELD,
    ORDINARY,
    REPORT,
    Case,
    CaseReason,
    Decision,
    Target,
)
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.moderation import decide
from tests.factories.people import resident
from tests.factories.reports import report
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")

LINKED = "See https://a.example/1 and https://b.example/2 and https://c.example/3"


def waiting() -> list[tuple[Any, ...]]:
    """What waits now: the idea or comment, the kind, the version."""
    found = db.session.execute(
        select(Case.idea_id, Case.comment_id, CaseReason.kind, CaseReason.version)
        .join(CaseReason, CaseReason.case_id == Case.id)
        .where(Case.closed_at.is_(None))
        .order_by(CaseReason.noted_at, CaseReason.kind)
    )
    return [(row.idea_id or row.comment_id, row.kind, row.version) for row in found]


def moderated() -> Any:
    return challenge(moderation="before")


def published(author: UUID, **values: Any) -> int:
    """An idea of a moderated challenge that a moderator has kept."""
    number = idea(moderated(), author, **values)
    decide(db.session.scalars(select(Case.id).where(Case.idea_id == number)).one(), "keep")
    return number


def edit(number: int, author: UUID, title: str, body: str = "So that people can rest.") -> None:
    with write():
        ideas.edit(
            number, author, title=title, body=body, language="en", topic_id=None, ward_id=None
        )


def test_a_held_idea_and_a_held_comment_wait_in_the_queue() -> None:
    author = resident()
    number = idea(moderated(), author)
    assert waiting() == [(number, HELD, 1)]
    about = published(author)
    key = comment(about, author)
    assert waiting() == [(number, HELD, 1), (key, HELD, 1)]


def test_a_newcomers_first_idea_waits_and_the_next_does_not() -> None:
    place, author = challenge(moderation="newcomers"), resident()
    first = idea(place, author)
    assert waiting() == [(first, HELD, 1)]
    decide(db.session.scalars(select(Case.id)).one(), "keep")
    idea(place, author)
    assert waiting() == []


def test_an_edit_waits_in_the_queue_and_is_moot_with_the_old_words() -> None:
    author = resident()
    number = published(author, title="A bench")
    edit(number, author, "A long bench")
    edit(number, author, "A longer bench", LINKED)
    assert (number, EDIT_WAITS, 3) in waiting()
    edit(number, author, "A bench")
    assert waiting() == []
    assert db.session.scalars(select(Decision.act)).all() == ["keep"]
    edit(number, author, "A stool")
    assert [kind for _key, kind, _version in waiting()] == [EDIT_WAITS]


def test_the_edit_of_a_comment_waits_and_is_moot_with_the_old_words() -> None:
    author = resident()
    key = comment(published(author), author, body="Yes.")
    decide(db.session.scalars(select(Case.id).where(Case.comment_id == key)).one(), "keep")
    for body, left in (("Yes, yes.", [(key, EDIT_WAITS, 2)]), ("Yes.", [])):
        with write():
            comments.edit(key, author, body=body, language="en")
        assert waiting() == left


def test_a_held_idea_that_is_taken_back_waits_no_more_until_it_is_brought_back() -> None:
    author = resident()
    number = idea(moderated(), author, body=LINKED)
    with write():
        ideas.withdraw(number, author, why="other", words="", language="en")
    assert waiting() == []
    with write():
        ideas.bring_back(number, author)
    assert waiting() == [(number, HELD, 1)]


def test_a_held_comment_that_is_taken_away_waits_no_more_until_it_is_put_back() -> None:
    author = resident()
    key = comment(published(author), author)
    with write():
        comments.remove(key, author)
    assert waiting() == []
    with write():
        comments.restore(key, author)
    assert waiting() == [(key, HELD, 1)]


def test_a_report_waits_on_when_what_was_held_is_taken_away() -> None:
    author = resident()
    number = idea(challenge(), author, body=LINKED)
    report(idea_id=number, category="intimate", may_hold=True)
    with write():
        ideas.withdraw(number, author, why="other", words="Sorry.", language="en")
    case = db.session.scalars(select(Case)).one()
    assert case.closed_at is None
    assert case.urgency == GRAVE
    assert [kind for _key, kind, _version in waiting()] == [REPORT]


def test_the_clock_is_that_of_what_still_waits() -> None:
    author = resident()
    number = published(author, title="A bench")
    report(idea_id=number, category="spam")
    edit(number, author, "A stool")
    case = db.session.scalars(select(Case).where(Case.closed_at.is_(None))).one()
    assert case.due_at < clock.now() + timedelta(hours=25)
    edit(number, author, "A bench")
    db.session.refresh(case)
    assert case.due_at > clock.now() + timedelta(hours=71)
    assert case.urgency == ORDINARY


def test_an_edit_that_was_decided_and_undone_waits_again() -> None:
    author = resident()
    number = published(author)
    edit(number, author, "A stool")
    decision = decide(
        db.session.scalars(select(Case.id).where(Case.closed_at.is_(None))).one(), "keep"
    )
    assert waiting() == []
    moderator = colleague()
    with write():
        services.undo(decision, actor=moderator)
    assert (number, EDIT_WAITS, 2) in waiting()


def test_what_somebody_takes_along_when_they_leave_waits_no_more() -> None:
    author = resident()
    comment(published(author), author)
    idea(moderated(), author)
    with write():
        accounts.leave(author, remove_words=True)
    assert waiting() == []
    assert isinstance(journal.verify(), int)


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_author_sees_the_wait_so_far_and_the_target(client: Client, prefix: str) -> None:
    author = resident()
    with clock.at(clock.now() - timedelta(hours=4)):
        number = idea(moderated(), author)
        key = comment(about := published(author), author)
        edit(about, author, "A stool")
    client.sign_in(author)
    for path in (f"/ideas/CV-{number}", f"/comments/{key}", f"/ideas/CV-{about}"):
        page = client.get(prefix + path).text
        assert ("4 awr" if prefix else "4 hours") in page, path
        assert "24" in page


def test_the_target_is_the_councils_own(client: Client) -> None:
    with write():
        db.session.add(Target(kind=HELD, hours=6))
    author = resident()
    number = idea(moderated(), author)
    client.sign_in(author)
    assert "We aim to look within 6 hours." in client.get(f"/ideas/CV-{number}").text


def test_nobody_else_sees_how_long_something_waits(client: Client) -> None:
    author = resident()
    number = published(author)
    edit(number, author, "A stool")
    assert "We aim to look" not in client.get(f"/ideas/CV-{number}").text
