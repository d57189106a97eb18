"""Restriction and objection hide and freeze, and leave everything as it was; and erasure."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment
from citizen_voice.consent import queries as consents
from citizen_voice.consent.models import NEWSLETTER, WITHDRAWN
from citizen_voice.db import db, write
from citizen_voice.desk import services
from citizen_voice.desk.models import (
    ACCESS,
    COMPLAINT,
    ERASURE,
    GRANTED,
    OBJECTION,
    PAPER,
    REFUSED,
    RESTRICTION,
    RightsEvent,
)
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HELD, PUBLISHED, Idea
from citizen_voice.journal.models import JournalEntry
from citizen_voice.news.models import NEVER, NewsChoice
from citizen_voice.outbox.models import OutboxMail
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.consents import give
from tests.factories.desk import asked, draft, entered, officer, stored
from tests.factories.ideas import idea
from tests.factories.people import resident


def visibility(model: type[Idea] | type[Comment], key: object) -> str:
    db.session.rollback()
    return str(db.session.scalar(select(model.visibility).where(model.id == key)))


@pytest.mark.parametrize("kind", [RESTRICTION, OBJECTION])
def test_what_they_wrote_is_hidden_and_their_account_stands_still_until_it_is_refused(
    client: Client, kind: str
) -> None:
    person, other, actor = resident(), resident(), officer()
    place = challenge()
    shown, hidden, others = idea(place, person), idea(place, person), idea(place, other)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        said = comments.comment(person, others, body="I agree.", language="en").id
    number = asked(person, kind)
    assert [visibility(Idea, key) for key in (shown, hidden, others)] == [HELD, "hidden", PUBLISHED]
    assert visibility(Comment, said) == HELD
    with pytest.raises(accounts.Paused, match="stands still"), write():
        accounts.require_present(person)
    client.sign_in(person)
    told = client.get("/me").text
    assert "Your account stands still" in told
    assert "A moderator" not in told
    with write():
        services.decide(number, REFUSED, "We need it.", draft(), actor=actor)
    assert [visibility(Idea, key) for key in (shown, hidden)] == [PUBLISHED, "hidden"]
    assert visibility(Comment, said) == PUBLISHED
    with write():
        accounts.require_present(person)


def test_what_a_moderator_hid_meanwhile_and_a_pause_from_before_stay(app: Flask) -> None:
    person, actor = resident(), officer()
    number_of_idea = idea(challenge(), person)
    until = clock.now().replace(microsecond=0, year=clock.now().year + 1)
    with write():
        db.session.get_one(Person, person).paused_until = until
    number = asked(person, RESTRICTION)
    with write():
        ideas.hide(number_of_idea, actor=actor, reason="Names somebody")
    with write():
        services.lift(number, actor=actor)
    assert visibility(Idea, number_of_idea) == "hidden"
    assert db.session.get_one(Person, person).paused_until == until
    with pytest.raises(Conflict), write():
        services.lift(number, actor=actor)


def test_an_objection_to_news_holds_at_once_and_hides_nothing(app: Flask) -> None:
    person = resident()
    mine = idea(challenge(), person)
    give(person)
    number = asked(person, OBJECTION, news_alone=True, words="")
    row = stored(number)
    assert (row.outcome, row.closed_at is not None) == (GRANTED, True)
    assert db.session.get_one(NewsChoice, person).mail == NEVER
    assert consents.standing(person)[NEWSLETTER] == WITHDRAWN
    assert visibility(Idea, mine) == PUBLISHED


def test_the_officer_deletes_an_account_and_the_request_that_shows_it_names_nobody(
    app: Flask,
) -> None:
    person, actor = resident(email="nell@example.org", name="Nell"), officer()
    number = entered(ERASURE, actor=actor)
    with write():
        services.erase(number, draft(), remove_words=True, actor=actor)
    row = stored(number)
    assert db.session.get_one(Person, person).kind == FORMER
    assert (row.outcome, row.person_id, row.email, row.name, row.words) == (
        GRANTED,
        None,
        None,
        "",
        "",
    )
    told = db.session.scalars(select(OutboxMail).where(OutboxMail.kind == "rights-letter")).all()
    assert [mail.to_address for mail in told] == ["nell@example.org"]
    acts = set(db.session.scalars(select(RightsEvent.act).where(RightsEvent.request_id == number)))
    assert {"received", "erased"} <= acts
    with pytest.raises(Refusal), write():
        services.erase(number, draft(), remove_words=True, actor=actor)


def test_a_letter_on_paper_keeps_the_postal_address_for_it(app: Flask) -> None:
    resident(email="nell@example.org")
    officer_ = officer()
    number = entered(ERASURE, address="1 High Street")
    with write():
        services.erase(number, draft(way=PAPER), remove_words=False, actor=officer_)
    assert (stored(number).email, stored(number).address) == (None, "1 High Street")


def test_who_leaves_takes_what_they_asked_along_but_a_complaint_can_be_answered(
    app: Flask,
) -> None:
    person = resident(email="ann@example.org")
    access, complaint = asked(person, ACCESS), asked(person, COMPLAINT)
    by_letter = entered(ACCESS, email="ann@example.org")
    with write():
        accounts.leave(person, remove_words=False)
    for number in (access, by_letter):
        row = stored(number)
        assert (row.words, row.email, row.person_id, row.closed_at is None) == (
            "",
            None,
            None,
            False,
        )
    row = stored(complaint)
    assert (row.email, row.person_id, row.closed_at) == ("ann@example.org", None, None)


def test_every_look_at_an_address_stands_in_the_journal(app: Flask) -> None:
    actor = officer()
    number = entered(actor=actor)
    with write():
        assert services.look_at_address(number, actor=actor) == "nell@example.org"
    found = select(func.count()).where(
        JournalEntry.act == "address shown", JournalEntry.subject == f"rights request {number}"
    )
    assert db.session.scalar(found) == 1
    assert "nell" not in str(db.session.scalars(select(JournalEntry.subject)).all())
