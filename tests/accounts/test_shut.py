"""A shut account that is deleted is not made anew at once, and its address is not kept for that."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import services
from citizen_voice.accounts.models import ShutAddress
from citizen_voice.db import db, write
from citizen_voice.moderation import services as moderating
from tests.accounts import walk
from tests.accounts.walk import ADDRESS
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague

SAID = "This address can’t join now"


def shut(act: str = "close") -> tuple[UUID, UUID]:
    """Somebody whose account a moderator has shut, and the decision."""
    author = resident(email=ADDRESS)
    return author, decide(case(idea_id=idea(author=author)), act)


def leave(person: UUID) -> None:
    with write():
        services.leave(person, remove_words=True)
    db.session.rollback()


def come_back(client: Client, address: str = ADDRESS) -> str:
    """Ask for a code and enter it; what the page says then."""
    walk.ask(client, address)
    answer = walk.enter(client, walk.letter(address).code)
    return answer.location or answer.text


@pytest.mark.parametrize("act", ["close", "void"])
def test_who_left_a_shut_account_does_not_join_with_its_address_for_a_year(
    client: Client, act: str
) -> None:
    author, _decision = shut(act)
    leave(author)
    said = come_back(client)
    assert SAID in said
    assert walk.person() is None
    assert walk.under_way() == []
    assert walk.letters() == []
    with clock.at(clock.now() + services.BARRED + timedelta(minutes=1)):
        assert come_back(client) == "/sign-in/age"


def test_they_are_told_in_plain_words_until_when_and_whom_to_ask(client: Client) -> None:
    with write():
        db.session.execute(text("UPDATE site_settings SET contact_email = 'ask@example.org'"))
    author, _decision = shut()
    leave(author)
    said = come_back(client)
    assert "somebody other than who decided looks at it again" in said
    assert 'href="mailto:ask@example.org"' in said


def test_nobody_learns_of_it_before_the_address_is_proved_to_be_theirs(client: Client) -> None:
    author, _decision = shut()
    leave(author)
    assert walk.ask(client).location == "/sign-in/code"


def test_what_is_kept_is_no_address_and_goes_after_a_year(app: Flask) -> None:
    author, _decision = shut()
    leave(author)
    kept = db.session.scalars(select(ShutAddress)).one()
    assert len(kept.mark) == 32
    assert ADDRESS.encode() not in kept.mark
    assert services.bar_ends(ADDRESS) == kept.ends_at
    app.config["SECRET_KEY"] = "b" * 64
    assert services.bar_ends(ADDRESS) is None
    db.session.rollback()
    with clock.at(kept.ends_at):
        housekeeping.tidy()
    assert db.session.scalars(select(ShutAddress)).all() == []


def test_who_was_not_shut_joins_again_as_before(client: Client) -> None:
    author = resident(email=ADDRESS)
    decide(case(idea_id=idea(author=author)), "warn")
    leave(author)
    assert db.session.scalars(select(ShutAddress)).all() == []
    assert come_back(client) == "/sign-in/age"


def test_where_the_decision_is_undone_they_may_join_again(client: Client) -> None:
    author, decision = shut()
    leave(author)
    moderator = colleague()
    with write():
        moderating.undo(decision, actor=moderator)
    assert come_back(client) == "/sign-in/age"
    former = db.session.execute(text("SELECT shut_at FROM persons WHERE kind = 'former'")).one()
    assert former.shut_at is None


def test_leaving_says_what_is_kept_and_to_ask_first(client: Client) -> None:
    author, _decision = shut()
    client.sign_in(author)
    assert "we keep a mark made from your address for 12 months" in client.get("/me/leave").text
    gone = client.send("/me/leave", {"words": "keep"}).location
    assert "We keep a mark made from your address" in client.get(gone).text


def test_who_is_shut_between_the_code_and_the_age_does_not_join(client: Client) -> None:
    walk.ask(client)
    assert walk.enter(client, walk.letter().code).location == "/sign-in/age"
    author, _decision = shut()
    leave_keeping_their_sign_in(author)
    answer = client.post("/sign-in/age", data={"age": "adult"})
    assert answer.status_code == 403
    assert "nobody can join with it now" in answer.text
    assert walk.person() is None


def leave_keeping_their_sign_in(person: UUID) -> None:
    """Leave where another browser's sign-in is begun in the same moment."""
    with write():
        kept = db.session.execute(text("SELECT id, email FROM pending_sign_ins")).one()
        db.session.execute(text("UPDATE pending_sign_ins SET email = 'x@example.org'"))
        services.leave(person, remove_words=False)
        db.session.execute(
            text("UPDATE pending_sign_ins SET email = :email WHERE id = :id"),
            {"email": kept.email, "id": kept.id},
        )
