"""From which age people take part in what: rules with a day, and what they mean for whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import ages
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import AgeRule
from citizen_voice.answers.models import Answer
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.models import Idea
from citizen_voice.journal.models import JournalEntry
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PRIVACY_OFFICER
from tests.accounts import walk
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.factories.team import colleague

HERE = "/staff/privacy/ages"


def rule(feature: str, age: int, day: date | None = None) -> int:
    """A rule from a day on, today where none is given; gives its number."""
    with write():
        ages.set_rule(feature, age, day or clock.today(), actor=None)
        return int(db.session.scalars(select(AgeRule.id).order_by(AgeRule.id.desc())).first() or 0)


def after(days: int) -> date:
    """A day to come."""
    return clock.today() + timedelta(days=days)


@pytest.fixture
def officer(client: Client) -> Client:
    """A privacy officer's browser."""
    client.sign_in(colleague(PRIVACY_OFFICER, name="Ola Finch"), staff=True)
    return client


def acts() -> list[str]:
    """What the journal has about ages."""
    db.session.remove()
    found = db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.number))
    return [act for act in found if act.startswith("minimum age")]


@pytest.mark.usefixtures("app")
def test_every_feature_begins_at_13() -> None:
    assert {ages.minimum(feature) for feature in ages.FEATURES} == {13}


@pytest.mark.usefixtures("app")
def test_a_rule_counts_from_its_day_and_the_one_before_until_then() -> None:
    rule(ages.COMMENTS, 15)
    rule(ages.COMMENTS, 16, after(10))
    rule(ages.COMMENTS, 14, after(20))
    found = [ages.minimum(ages.COMMENTS, after(days)) for days in (-1, 0, 9, 10, 19, 20)]
    assert found == [13, 15, 15, 16, 16, 14]
    assert ages.minimum(ages.TAKING_PART, after(20)) == 13
    with clock.at(clock.start_of(after(10)) - timedelta(seconds=1)):
        assert ages.minimum(ages.COMMENTS) == 15
    with clock.at(clock.start_of(after(10))):
        assert ages.minimum(ages.COMMENTS) == 16


@pytest.mark.usefixtures("app")
def test_the_same_rules_are_read_once_while_nothing_changes() -> None:
    rule(ages.COMMENTS, 15)
    assert ages.minimum(ages.COMMENTS) == 15
    number = rule(ages.COMMENTS, 17, after(1))
    assert ages.minimum(ages.COMMENTS, after(1)) == 17
    with write():
        ages.take_back(number, actor=None)
    assert ages.minimum(ages.COMMENTS, after(1)) == 15


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("feature", "age", "days", "field"),
    [
        ("nothing", 13, 0, "feature"),
        (ages.COMMENTS, 12, 0, "minimum"),
        (ages.COMMENTS, 19, 0, "minimum"),
        (ages.COMMENTS, 16, -1, "effective_from"),
        (ages.COMMENTS, 16, 3, "effective_from"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    feature: str, age: int, days: int, field: str
) -> None:
    rule(ages.COMMENTS, 15, after(3))
    with pytest.raises(Refusal) as refused, write():
        ages.set_rule(feature, age, after(days), actor=None)
    assert refused.value.field == field
    assert len(db.session.execute(select(AgeRule.id)).all()) == 1


@pytest.mark.usefixtures("app")
def test_only_what_has_not_begun_is_taken_back_and_its_day_is_free_again() -> None:
    begun, coming = rule(ages.COMMENTS, 15), rule(ages.COMMENTS, 16, after(3))
    with pytest.raises(Refusal, match="counts already"), write():
        ages.take_back(begun, actor=None)
    with write():
        ages.take_back(coming, actor=None)
    for number in (coming, 2**31 - 1):
        with pytest.raises(NotHere), write():
            ages.take_back(number, actor=None)
    assert ages.minimum(ages.COMMENTS, after(3)) == 15
    rule(ages.COMMENTS, 17, after(3))
    assert ages.minimum(ages.COMMENTS, after(3)) == 17
    assert len(ages.history()) == 3, "what was taken back stays to be read"


def test_the_officer_sets_an_age_sees_it_and_takes_it_back(officer: Client) -> None:
    day = after(30)
    sent = {"feature": ages.COMMENTS, "minimum": "16", "effective_from": day.isoformat()}
    assert officer.send(HERE, sent).status_code == 303
    shown = officer.get(HERE).text
    assert "Ola Finch" in shown
    assert "Still to come" in shown
    number = db.session.scalars(select(AgeRule.id)).one()
    assert officer.send(f"{HERE}/back", {"rule": str(number)}).status_code == 303
    assert "Taken back on" in officer.get(HERE).text
    assert acts() == ["minimum age set", "minimum age taken back"]
    for wrong in ("", "x", "²", "9" * 30, str(number)):
        assert officer.send(f"{HERE}/back", {"rule": wrong}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("feature", "nothing", "Choose what the age is for."),
        ("minimum", "12", "Choose an age from 13 to 18."),
        ("minimum", "nineteen", "Choose an age from 13 to 18."),
        ("effective_from", "", "Choose a day."),
        ("effective_from", "soon", "Write the day like 2026-03-31."),
        ("effective_from", "2020-01-01", "That day is over."),
    ],
)
def test_a_wrong_age_or_day_is_said_at_its_field_and_nothing_is_lost(
    officer: Client, field: str, value: str, said: str
) -> None:
    sent = {"feature": ages.COMMENTS, "minimum": "17", "effective_from": after(1).isoformat()}
    answer = officer.send(HERE, sent | {field: value})
    assert answer.status_code == 422
    assert said in answer.text
    if field != "minimum":
        assert '<option value="17" selected' in answer.text
    assert ages.history() == []


def test_ages_are_for_the_officer_and_administrators(client: Client) -> None:
    for role, status in ((PRIVACY_OFFICER, 200), (ADMINISTRATOR, 200), (MODERATOR, 403)):
        client.sign_in(colleague(role), staff=True)
        assert client.get(HERE).status_code == status
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    assert f'href="{HERE}"' in client.get("/staff/site").text


def test_the_question_asks_by_the_rule_of_the_day(client: Client) -> None:
    rule(ages.TAKING_PART, 16, after(1))
    walk.ask(client)
    walk.enter(client, walk.letter().code)
    assert "Under 13" in client.get("/sign-in/age").text
    with clock.at(clock.start_of(after(1))):
        assert "Under 16" in client.get("/sign-in/age").text
        told = client.post("/sign-in/age", data={"age": "younger"}).text
    assert "you need to be 16 or older" in told
    assert walk.person() is None


@pytest.mark.usefixtures("app")
def test_how_old_somebody_is_at_least_is_told_by_when_they_joined() -> None:
    joined = clock.moment(date(2026, 2, 28), clock.now().time())
    found = {
        day: ages.at_least("teen", joined, day)
        for day in (
            date(2026, 2, 28),
            date(2027, 2, 27),
            date(2027, 2, 28),
            date(2029, 3, 1),
            date(2036, 1, 1),
        )
    }
    assert list(found.values()) == [13, 13, 14, 16, 18]
    assert ages.at_least("adult", joined, date(2026, 2, 28)) == 18
    assert ages.at_least(None, joined, date(2026, 2, 28)) == 18


@pytest.mark.usefixtures("app")
def test_who_joined_under_a_higher_age_is_known_to_have_been_that_old() -> None:
    rule(ages.TAKING_PART, 16)
    rule(ages.COMMENTS, 16)
    joined = clock.now()
    ages.refuse_too_young("teen", joined, ages.COMMENTS)
    with pytest.raises(ages.TooYoung, match="16 or older"):
        ages.refuse_too_young("teen", joined - timedelta(days=1), ages.COMMENTS)
    rule(ages.COMMENTS, 18, after(1))
    with clock.at(clock.start_of(after(1))):
        with pytest.raises(ages.TooYoung, match="18 or older"):
            ages.refuse_too_young("teen", joined, ages.COMMENTS)
        ages.refuse_too_young("adult", joined, ages.COMMENTS)
    with clock.at(clock.now() + timedelta(days=2 * 366)):
        ages.refuse_too_young("teen", joined, ages.COMMENTS)


def test_a_teen_below_a_features_age_is_refused_kindly_and_does_the_rest(client: Client) -> None:
    number = idea()
    young = resident(age="teen")
    rule(ages.COMMENTS, 16)
    client.sign_in(young)
    said = client.send(f"/ideas/CV-{number}/comments", {"comment": "A fine idea", "lang": "en"})
    assert said.status_code == 403
    assert "You need to be 16 or older to comment." in said.text
    assert "A fine idea" in said.text, "nothing typed is lost"
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "support"}).status_code == 303
    assert figures(number)[0] == 1
    client.sign_in(resident())
    said = client.send(f"/ideas/CV-{number}/comments", {"comment": "A fine idea", "lang": "en"})
    assert said.status_code == 303


def test_a_teen_below_the_age_of_taking_part_reads_takes_back_and_leaves(client: Client) -> None:
    asked = challenge()
    number = idea(asked)
    young = resident(age="teen")
    client.sign_in(young)
    client.send(f"/ideas/CV-{number}/answer", {"value": "support"})
    rule(ages.TAKING_PART, 16)
    kept = client.send(f"/ideas/CV-{number}/answer", {"value": "oppose"}).text
    assert "You need to be 16 or older to take part now." in kept
    assert figures(number)[0] == 1
    sent = {"title": "A bench in the shade", "body": "", "place": "", "topic": "", "lang": "en"}
    answer = client.send(f"/challenges/{asked.slug}/suggest", sent)
    assert "You need to be 16 or older to take part now." in answer.text
    assert "A bench in the shade" in answer.text
    assert len(db.session.execute(select(Idea.id)).all()) == 1
    client.send(f"/ideas/CV-{number}/answer", {"value": "none"})
    assert figures(number)[0] == 0
    with write():
        accounts.leave(young, remove_words=True)
    db.session.remove()
    assert db.session.execute(select(Answer.person_id)).all() == []


def test_leaving_keeps_the_rules_of_who_set_them(app: Flask) -> None:
    officer = colleague(PRIVACY_OFFICER)
    with write():
        ages.set_rule(ages.COMMENTS, 16, clock.today(), actor=officer)
    with write():
        accounts.leave(officer, remove_words=True)
    assert ages.minimum(ages.COMMENTS) == 16
    assert ages.history()[0].name is None
