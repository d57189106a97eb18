"""Somebody else looks again: a different person, within six months, and undoes it wholly."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.moderation import services
from citizen_voice.moderation.models import Appeal, Case
from citizen_voice.moderation.services import AlreadyDecided
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.moderation.test_deciding import without_traces

pytestmark = pytest.mark.usefixtures("app")


def ask(decision: UUID, person: UUID, words: str = "It was meant kindly.") -> UUID:
    with write():
        return services.appeal(decision, person, words=words, language="en").id


def look(appeal: UUID, actor: UUID, *, upheld: bool = True) -> None:
    with write():
        services.decide_appeal(appeal, upheld=upheld, reason="I read it again.", actor=actor)


def test_what_is_upheld_is_as_it_was_before_figures_included() -> None:
    author, supporter = resident(), resident()
    number = idea(author=author)
    about, first, second = case(idea_id=number), colleague(), colleague()
    ground()
    with write():
        answering.cast(supporter, number, "support")
    before = without_traces()
    appeal = ask(decide(about, "hide", actor=first), author)
    look(appeal, second)
    after = without_traces()
    after.pop("appeals")
    before.pop("appeals")
    assert after == before
    assert db.session.get_one(Case, about).closed_at is not None, "nobody has to decide it anew"


def test_what_stands_stays() -> None:
    author = resident()
    number = idea(author=author)
    appeal = ask(decide(case(idea_id=number), "hide"), author)
    look(appeal, colleague(), upheld=False)
    assert stored(number).visibility == "hidden"


def test_who_decided_does_not_look_again() -> None:
    author, first = resident(), colleague()
    colleague()
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide", actor=first), author)
    with pytest.raises(NotAllowed):
        look(appeal, first)


def test_nobody_looks_again_at_what_concerns_themselves() -> None:
    author, first = colleague(), colleague()
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide", actor=first), author)
    with pytest.raises(NotAllowed):
        look(appeal, author)


def test_with_one_moderator_an_administrator_looks_again() -> None:
    author, only, administrator = resident(), colleague(), colleague(ADMINISTRATOR)
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide", actor=only), author)
    look(appeal, administrator)


def test_an_administrator_leaves_it_to_the_other_moderator() -> None:
    author, first, administrator = resident(), colleague(), colleague(ADMINISTRATOR)
    colleague()
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide", actor=first), author)
    with pytest.raises(NotAllowed):
        look(appeal, administrator)


def test_alone_it_waits_and_says_so(client: Client) -> None:
    author, alone = resident(), colleague(MODERATOR, ADMINISTRATOR)
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide", actor=alone), author)
    with pytest.raises(NotAllowed):
        look(appeal, alone)
    client.sign_in(alone, staff=True)
    assert "Nobody else can look at this yet" in client.get(f"/staff/appeals/{appeal}").text


def test_it_can_be_asked_for_six_months_and_once() -> None:
    author = resident()
    decision = decide(case(idea_id=idea(author=author)), "hide")
    late = clock.at(clock.now() + services.APPEAL_LASTS + timedelta(days=1))
    with late, pytest.raises(Refusal, match="six months"):
        ask(decision, author)
    with clock.at(clock.now() + services.APPEAL_LASTS - timedelta(days=1)):
        ask(decision, author)
        with pytest.raises(Conflict):
            ask(decision, author)


def test_an_appeal_by_somebody_else_is_not_there(client: Client) -> None:
    author, stranger = resident(), resident()
    decision = decide(case(idea_id=idea(author=author)), "hide")
    with pytest.raises(NotHere):
        ask(decision, stranger)
    client.sign_in(stranger)
    assert client.get(f"/decisions/{decision}").status_code == 404
    answer = client.send(f"/decisions/{decision}/appeal", {"words": "Mine!"})
    assert answer.status_code == 404
    assert db.session.get(Appeal, decision) is None


def test_the_second_who_looks_is_told_that_it_is_decided() -> None:
    author = resident()
    appeal = ask(decide(case(idea_id=idea(author=author)), "hide"), author)
    look(appeal, colleague())
    with pytest.raises(AlreadyDecided):
        look(appeal, colleague(), upheld=False)


def test_a_statement_says_all_that_is_owed(client: Client) -> None:
    author = resident()
    decision = decide(
        case(idea_id=idea(author=author, title="A bench")), "hide", words="It names a neighbour."
    )
    client.sign_in(author)
    assert str(decision) in client.get("/decisions").text
    html = client.get(f"/decisions/{decision}").text
    for owed in (
        "We have hidden your idea",
        "A bench",
        "It names a neighbour.",
        "The rule",
        "Nobody else can see it.",
        "A person noticed it and decided.",
        "Ask someone else to look",
    ):
        assert owed in html


def test_what_was_kept_is_nobodys_statement(client: Client) -> None:
    author = resident()
    decision = decide(case(idea_id=idea(author=author)), "keep")
    client.sign_in(author)
    assert "Nothing was decided" in client.get("/decisions").text
    assert client.get(f"/decisions/{decision}").status_code == 404


def test_by_the_forms_from_the_author_to_somebody_else_and_back(app: Flask) -> None:
    author, second = resident(), colleague()
    number = idea(author=author)
    decision = decide(case(idea_id=number), "hide")
    mine, theirs = app.test_client(), app.test_client()
    assert isinstance(mine, Client)
    assert isinstance(theirs, Client)
    mine.sign_in(author)
    assert mine.send(f"/decisions/{decision}/appeal", {"words": ""}).status_code == 422
    assert mine.send(f"/decisions/{decision}/appeal", {"words": "Read it."}).status_code == 303
    theirs.sign_in(second, staff=True)
    listed = theirs.get("/staff/appeals").text
    appeal = db.session.query(Appeal).one().id
    assert str(appeal) in listed
    found = {"outcome": "upheld", "reason": "You are right."}
    answer = theirs.send(f"/staff/appeals/{appeal}", found)
    assert answer.status_code == 303
    assert "You are right." in mine.get(f"/decisions/{decision}").text
    assert stored(number).visibility == "published"
