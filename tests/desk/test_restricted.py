"""Who stands still for more than one request, from a letter, or while they leave."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import erasures
from citizen_voice.accounts.models import FORMER, UNTIL_LIFTED, Person
from citizen_voice.answers import recount
from citizen_voice.comments import recount as comments_recount
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment
from citizen_voice.db import db, write
from citizen_voice.desk import services
from citizen_voice.desk.models import (
    ERASURE,
    GRANTED,
    IN_DOUBT,
    OBJECTION,
    REFUSED,
    RESTRICTION,
    TAKEN_BACK,
    Restriction,
    RightsEvent,
)
from citizen_voice.errors import Conflict
from citizen_voice.ideas.models import HELD, PUBLISHED, Idea
from tests.client import Client
from tests.desk.test_holding import visibility
from tests.factories.challenges import challenge
from tests.factories.desk import asked, draft, entered, officer
from tests.factories.ideas import idea
from tests.factories.people import resident


def still(person: UUID) -> bool:
    row = db.session.get_one(Person, person, populate_existing=True)
    return row.paused_until == UNTIL_LIFTED


def acts(number: int) -> list[str]:
    """What stands in a request's timeline."""
    of = select(RightsEvent.act).where(RightsEvent.request_id == number)
    return list(db.session.scalars(of.order_by(RightsEvent.id)))


def end(number: int, how: str, actor: UUID) -> None:
    """End a request so that what was hidden for it is shown."""
    with write():
        if how == "lift":
            services.lift(number, actor=actor)
        else:
            services.decide(number, how, "We need it.", draft(), actor=actor)


@pytest.mark.parametrize("how", ["lift", REFUSED, TAKEN_BACK])
@pytest.mark.parametrize("first", [0, 1], ids=["older-first", "newer-first"])
def test_what_two_requests_hide_is_shown_when_the_second_of_them_ends(
    app: Flask, how: str, first: int
) -> None:
    person, actor = resident(), officer()
    mine = idea(challenge(), person)
    numbers = [asked(person, RESTRICTION), asked(person, OBJECTION)]
    assert [acts(number)[-1] for number in numbers] == ["restricted", "restricted"]
    end(numbers[first], how, actor)
    assert visibility(Idea, mine) == HELD
    assert still(person)
    assert "still-hidden" in acts(numbers[first])
    with pytest.raises(Conflict, match="Nothing is hidden"), write():
        services.lift(numbers[first], actor=actor)
    end(numbers[1 - first], how, actor)
    assert visibility(Idea, mine) == PUBLISHED
    assert not still(person)
    assert "lifted" in acts(numbers[1 - first])


def test_one_that_was_granted_keeps_it_hidden_and_one_that_was_lifted_does_not(app: Flask) -> None:
    person, actor = resident(), officer()
    mine = idea(challenge(), person)
    numbers = [asked(person, RESTRICTION), asked(person, OBJECTION)]
    end(numbers[1], GRANTED, actor)
    end(numbers[0], REFUSED, actor)
    assert visibility(Idea, mine) == HELD
    end(numbers[1], "lift", actor)
    assert visibility(Idea, mine) == PUBLISHED
    later = asked(person, OBJECTION)
    end(later, REFUSED, actor)
    assert visibility(Idea, mine) == PUBLISHED


def known(number: int, actor: UUID) -> None:
    services.identity_given(number, actor=actor)


def waived(number: int, actor: UUID) -> None:
    services.waive_identity(number, actor=actor)


def test_what_is_opened_again_stops_again_but_an_objection_to_news_hides_nothing(
    app: Flask,
) -> None:
    person, actor = resident(), officer()
    mine = idea(challenge(), person)
    news = asked(person, OBJECTION, news_alone=True, words="")
    with write():
        services.reopen(news, "They say more.", actor=actor)
    assert visibility(Idea, mine) == PUBLISHED
    number = asked(person, OBJECTION)
    end(number, REFUSED, actor)
    with write():
        services.reopen(number, "We overlooked something.", actor=actor)
    assert (visibility(Idea, mine), still(person)) == (HELD, True)
    end(number, REFUSED, actor)
    assert (visibility(Idea, mine), still(person)) == (PUBLISHED, False)


@pytest.mark.parametrize("kind", [RESTRICTION, OBJECTION])
def test_a_letter_of_somebody_who_is_known_stops_it_at_once(client: Client, kind: str) -> None:
    person, actor = resident(email="nell@example.org"), officer()
    mine = idea(challenge(), person)
    number = entered(kind, actor=actor)
    assert visibility(Idea, mine) == HELD
    assert still(person)
    with pytest.raises(Conflict, match="hidden already"), write():
        services.restrict(number, actor=actor)
    client.sign_in(actor, staff=True)
    page = client.get(f"/staff/privacy/requests/{number}").text
    assert "What they wrote is hidden" in page
    assert "Hide what they wrote" not in page
    end(number, REFUSED, actor)
    assert visibility(Idea, mine) == PUBLISHED


@pytest.mark.parametrize("step", [known, waived])
def test_it_stops_as_soon_as_it_is_known_who_asks(app: Flask, step: Any) -> None:
    person, actor = resident(email="nell@example.org"), officer()
    mine = idea(challenge(), person)
    number = entered(OBJECTION, actor=actor, identity=IN_DOUBT)
    assert (visibility(Idea, mine), still(person)) == (PUBLISHED, False)
    with write():
        step(number, actor)
    assert (visibility(Idea, mine), still(person)) == (HELD, True)


def test_it_stops_when_the_account_is_named_and_of_one_named_by_mistake_it_ends(app: Flask) -> None:
    person, other, actor = (
        resident(email="a@example.org"),
        resident(email="b@example.org"),
        officer(),
    )
    place = challenge()
    mine, others = idea(place, person), idea(place, other)
    number = entered(OBJECTION, actor=actor)
    with write():
        services.name_account(number, "b@example.org", actor=actor)
    assert (visibility(Idea, mine), visibility(Idea, others)) == (PUBLISHED, HELD)
    with write():
        services.name_account(number, "a@example.org", actor=actor)
    assert (visibility(Idea, mine), visibility(Idea, others)) == (HELD, PUBLISHED)
    assert (still(person), still(other)) == (True, False)


def test_other_requests_from_letters_hide_nothing(app: Flask) -> None:
    person = resident(email="nell@example.org")
    mine = idea(challenge(), person)
    entered(ERASURE)
    assert (visibility(Idea, mine), still(person)) == (PUBLISHED, False)


def test_only_who_is_signed_in_is_told_that_it_stops_at_once(client: Client) -> None:
    for words in ("we hide what you wrote", "We hide what you wrote", "At once"):
        assert words not in client.get("/privacy/ask").text
    client.sign_in(resident())
    page = client.get("/my-data/ask").text
    assert "Until we have decided we hide what you wrote" in page
    assert "We hide what you wrote, and your account stands still until you say so." in page


def test_what_was_taken_away_and_is_put_back_meanwhile_is_not_shown(app: Flask) -> None:
    person, actor, about = resident(), officer(), idea()
    with write():
        said = comments.comment(person, about, body="I agree.", language="en").id
    with write():
        comments.remove(said, person)
    number = asked(person, RESTRICTION)
    with write():
        comments.restore(said, person)
    assert visibility(Comment, said) == HELD
    end(number, "lift", actor)
    assert visibility(Comment, said) == PUBLISHED


@pytest.mark.parametrize("by_officer", [False, True], ids=["themself", "officer"])
@pytest.mark.parametrize("remove_words", [False, True], ids=["stay", "go"])
def test_who_leaves_while_it_is_hidden_leaves_it_as_everybody_does(
    app: Flask, by_officer: bool, remove_words: bool
) -> None:
    person, actor = resident(email="nell@example.org"), officer()
    place = challenge()
    mine, others = idea(place, person, title="A zqbench"), idea(place)
    with write():
        said = comments.comment(person, others, body="I agree.", language="en").id
    asked(person, RESTRICTION)
    asked(person, OBJECTION)
    assert visibility(Comment, said) == HELD
    erasure = entered(ERASURE, actor=actor) if by_officer else None
    with write():
        if erasure is None:
            erasures.erase(person, remove_words=remove_words)
        else:
            services.erase(erasure, draft(), remove_words=remove_words, actor=actor)
    assert visibility(Idea, mine) == PUBLISHED
    assert visibility(Comment, said) == PUBLISHED
    assert db.session.get_one(Comment, said).erased is remove_words
    assert db.session.get_one(Person, person).kind == FORMER
    rows = db.session.scalars(select(Restriction)).all()
    assert {(row.person_id, row.until is None, str(row.hidden)) for row in rows} == {
        (None, False, "{}")
    }
    assert recount.differences() == []
    assert comments_recount.differences() == []
    shown = app.test_client().get(f"/ideas/CV-{mine}").text
    assert ("A zqbench" in shown) is not remove_words
