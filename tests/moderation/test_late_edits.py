"""An idea that many support and whose words then change waits for a moderator to look."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.db import db, new_key, write
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import services
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import CONTACTS, EDITED_AFTER_SUPPORT, LINKS, Case, CaseReason
from citizen_voice.moderation.services import Subject
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident


def supported(number: int, people: int, value: str = "support") -> None:
    """So many answer an idea."""
    for _ in range(people):
        person = resident()
        with write():
            answering.cast(person, number, value)


def edit(number: int, author: UUID, title: str) -> None:
    with write():
        services.edit(
            number, author, title=title, body="", language="en", topic_id=None, ward_id=None
        )


def reasons(number: int) -> list[tuple[str, int | None]]:
    """Why an idea waits, in the order it was noted."""
    db.session.rollback()
    rows = (
        select(CaseReason.kind, CaseReason.version)
        .join(Case, Case.id == CaseReason.case_id)
        .where(Case.idea_id == number)
        .order_by(CaseReason.id)
    )
    return [(row.kind, row.version) for row in db.session.execute(rows)]


def cases(number: int) -> list[Case]:
    db.session.rollback()
    return list(db.session.scalars(select(Case).where(Case.idea_id == number)))


def test_an_edit_after_ten_supporters_opens_a_case(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    supported(number, 9)
    supported(number, 3, "oppose")
    edit(number, author, "Two benches")
    assert not cases(number)
    supported(number, 1)
    edit(number, author, "Three benches")
    (case,) = cases(number)
    assert case.closed_at is None
    assert reasons(number) == [(EDITED_AFTER_SUPPORT, 3)]


def test_further_edits_are_noted_in_the_same_case_until_it_is_closed(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    supported(number, 10)
    edit(number, author, "Two benches")
    edit(number, author, "Three benches")
    assert len(cases(number)) == 1
    assert reasons(number) == [(EDITED_AFTER_SUPPORT, 3)]
    with write():
        db.session.get_one(Case, cases(number)[0].id).closed_at = clock.now()
    edit(number, author, "Four benches")
    assert [case.closed_at is None for case in cases(number)].count(True) == 1
    assert len(cases(number)) == 2
    assert reasons(number) == [(EDITED_AFTER_SUPPORT, 3), (EDITED_AFTER_SUPPORT, 4)]


def test_another_reason_stands_beside_the_first(client: Client) -> None:
    number = idea()
    with write():
        for kind, version in ((LINKS, 3), (LINKS, 2), (CONTACTS, None), (LINKS, None)):
            moderating.note(Subject(idea_id=number), kind, version=version)
    assert reasons(number) == [(LINKS, 3), (CONTACTS, None)]


def test_an_edit_that_waits_is_noted_too(client: Client) -> None:
    author = resident()
    number = idea(challenge(moderation="before"), author, title="A bench")
    with write():
        services.publish(number, actor=None)
    supported(number, 10)
    edit(number, author, "Two benches")
    edit(number, author, "Three benches")
    assert (EDITED_AFTER_SUPPORT, 3) in reasons(number)


def test_the_same_words_again_open_none(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench", body="")
    supported(number, 10)
    edit(number, author, "A bench")
    assert not cases(number)


def test_an_edit_that_is_refused_opens_none(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    supported(number, 10)
    with write():
        services.shortlist(number, actor=None, reason="Good")
    with pytest.raises(NotAllowed):
        edit(number, author, "Two benches")
    assert not cases(number)


def test_each_idea_has_a_case_of_its_own(client: Client) -> None:
    asked, author = challenge(), resident()
    numbers = [idea(asked, author, title=f"Bench number {n}") for n in range(2)]
    for number in numbers:
        supported(number, 10)
        edit(number, author, f"Seat number {number}")
    assert [len(cases(number)) for number in numbers] == [1, 1]


def test_two_who_note_at_once_share_a_case(app: Flask) -> None:
    number, start = idea(), Barrier(4)

    def note() -> None:
        with app.app_context():
            start.wait()
            with write():
                moderating.note(Subject(idea_id=number), EDITED_AFTER_SUPPORT, version=2)
            db.session.remove()

    threads = [Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cases(number)) == 1
    assert reasons(number) == [(EDITED_AFTER_SUPPORT, 2)]


def test_the_database_keeps_to_one_open_case_about_one_thing(client: Client) -> None:
    number = idea()
    with write():
        moderating.note(Subject(idea_id=number), EDITED_AFTER_SUPPORT)
    for values in ({"idea_id": number}, {}, {"idea_id": number, "comment_id": new_key()}):
        with pytest.raises(IntegrityError), write():
            db.session.add(Case(id=new_key(), opened_at=clock.now(), **values))


def test_the_author_is_told_before_they_edit(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    client.sign_in(author)
    supported(number, 9)
    assert "moderator" not in client.get(f"/ideas/CV-{number}/edit").text
    supported(number, 1)
    page = client.get(f"/ideas/CV-{number}/edit").text
    assert "10 people support it." in page
    assert "a moderator will look at the change" in page


def test_a_case_stays_when_the_author_leaves(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="A bench")
    supported(number, 10)
    edit(number, author, "Two benches")
    with write():
        accounts.leave(author, remove_words=True)
    assert len(cases(number)) == 1
