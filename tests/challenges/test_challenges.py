"""Challenges open and close by London's clock, and never without their promise."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.challenges import queries, services
from citizen_voice.challenges.models import Challenge, state
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from tests.client import Client
from tests.factories.challenges import PROMISE, challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident

SECOND = timedelta(seconds=1)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("opens", "closes", "begins", "ends"),
    [
        pytest.param(
            date(2027, 1, 11),
            date(2027, 2, 28),
            datetime(2027, 1, 11, 0, tzinfo=UTC),
            datetime(2027, 3, 1, 0, tzinfo=UTC),
            id="winter",
        ),
        pytest.param(
            date(2027, 6, 1),
            date(2027, 6, 30),
            datetime(2027, 5, 31, 23, tzinfo=UTC),
            datetime(2027, 6, 30, 23, tzinfo=UTC),
            id="summer",
        ),
        pytest.param(
            date(2027, 3, 28),
            date(2027, 3, 28),
            datetime(2027, 3, 28, 0, tzinfo=UTC),
            datetime(2027, 3, 28, 23, tzinfo=UTC),
            id="the day the clocks go forward has 23 hours",
        ),
        pytest.param(
            date(2027, 10, 31),
            date(2027, 10, 31),
            datetime(2027, 10, 30, 23, tzinfo=UTC),
            datetime(2027, 11, 1, 0, tzinfo=UTC),
            id="the day the clocks go back has 25 hours",
        ),
    ],
)
def test_it_is_open_from_midnight_to_midnight_in_london(
    opens: date, closes: date, begins: datetime, ends: datetime
) -> None:
    asked = challenge(opens=opens, closes=closes)
    assert (asked.opens_at, asked.closes_at) == (begins, ends)
    for moment, found in (
        (begins - SECOND, "upcoming"),
        (begins, "open"),
        (ends - SECOND, "open"),
        (ends, "closed"),
    ):
        assert state(asked, moment) == found
        with clock.at(moment):
            overview = queries.overview()._asdict()
            assert [name for name, rows in overview.items() if rows] == [found]


def test_answers_stop_at_the_very_midnight(client: Client) -> None:
    with clock.at(datetime(2027, 6, 10, 12, tzinfo=UTC)):
        asked = challenge(opens=date(2027, 6, 1), closes=date(2027, 6, 30))
        number, person = idea(asked), resident()
    midnight = datetime(2027, 6, 30, 23, tzinfo=UTC)
    with clock.at(midnight - SECOND), write():
        answering.cast(person, number, "support")
    with clock.at(midnight):
        with pytest.raises(Refusal, match="has closed"), write():
            answering.cast(person, number, "oppose")
        assert "This challenge is closed" in client.get(f"/challenges/{asked.slug}").text
    with clock.at(midnight - SECOND):
        assert "This challenge is closed" not in client.get(f"/challenges/{asked.slug}").text


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("part", services.PROMISE)
def test_without_any_part_of_its_promise_it_is_not_published(part: str) -> None:
    for nothing in ("", "   "):
        without: dict[str, Any] = {f"{part}_en": nothing}
        draft = challenge(published=False, **without)
        with pytest.raises(Refusal, match=part), write():
            services.publish(db.session.get_one(Challenge, draft.id))
        with pytest.raises(NotHere):
            queries.published(draft.slug)
    with pytest.raises(IntegrityError), write():
        db.session.execute(
            update(Challenge)
            .where(Challenge.slug == draft.slug)
            .values(published_at=clock.now(), **{f"{part}_en": ""})
        )


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "slug",
    ["", "A", "a b", "-a", "a-", "a--b", "a_b", "ä", "a/b", "..", "a\n", "x" * 61, "٣", "%00"],
)
def test_a_slug_can_stand_in_an_address(slug: str) -> None:
    with pytest.raises(Refusal) as refused:
        challenge(slug=slug)
    assert refused.value.field == "slug"


@pytest.mark.usefixtures("app")
def test_what_a_challenge_cannot_be_is_refused() -> None:
    challenge(slug="safer-streets")
    with pytest.raises(Conflict):
        challenge(slug="safer-streets")
    with pytest.raises(Refusal, match="before the opening day"):
        challenge(opens=date(2027, 2, 2), closes=date(2027, 2, 1))
    impossible: dict[str, Any]
    for field, value in (
        ("ballot", "ranked"),
        ("moderation", "never"),
        ("question_en", " "),
        ("question_en", "x" * 161),
    ):
        impossible = {field: value}
        with pytest.raises(Refusal) as refused:
            challenge(**impossible)
        assert refused.value.field == field


def test_what_is_not_published_is_not_there(client: Client) -> None:
    draft = challenge(published=False, question_en="A secret plan?")
    assert client.get(f"/challenges/{draft.slug}").status_code == 404
    for address in ("/", "/challenges", "/ideas"):
        assert "A secret plan?" not in client.get(address).text
    for slug in ("None", "x" * 5_000, "%00", "a%00b", "..%2f", "é", "'", "Safer-Streets"):
        assert client.get(f"/challenges/{slug}").status_code == 404
        assert client.get(f"/challenges/{slug}/suggest").status_code in (404, 308)


def test_an_open_one_shows_its_promise_and_the_way_to_suggest(client: Client) -> None:
    asked = challenge(replies_by=date(2027, 3, 31))
    page = client.get(f"/challenges/{asked.slug}").text
    for words in (*PROMISE.values(), "31 March", "Closes"):
        assert words in page
    assert f"/challenges/{asked.slug}/suggest" in page


def test_one_to_come_and_a_closed_one_have_no_dead_buttons(client: Client) -> None:
    later = challenge(opens=clock.today() + timedelta(days=2))
    page = client.get(f"/challenges/{later.slug}").text
    assert "You can suggest ideas and answer from" in page
    assert "/suggest" not in page
    asked = challenge()
    number = idea(asked)
    close(asked)
    page = client.get(f"/challenges/{asked.slug}").text
    assert "This challenge is closed" in page
    assert "/suggest" not in page
    assert f"/ideas/CV-{number}/answer" not in page
    assert f"/ideas/CV-{number}/answer" not in client.get(f"/ideas/CV-{number}").text


def test_totals_leave_out_what_is_hidden_and_reopening_thaws(client: Client) -> None:
    asked = challenge()
    shown, hidden = idea(asked), idea(asked)
    for number in (shown, hidden):
        for value in ("support", "oppose"):
            with write():
                answering.cast(resident_now(value + str(number)), number, value)
    with write():
        ideas.hide(hidden, actor=None, reason="x")
    page = client.get(f"/challenges/{asked.slug}").text
    assert "<b>1</b> idea" in page
    assert "<b>2</b> answers" in page
    close(asked)
    with write():
        services.reschedule(asked.slug, closes_on=clock.today() + timedelta(days=3))
    with write():
        answering.cast(resident_now("late"), shown, "support")
    assert "<b>3</b> answers" in client.get(f"/challenges/{asked.slug}").text


def resident_now(name: str) -> UUID:
    """Somebody, made inside the transaction at hand."""
    return accounts.join(f"{name}@example.org", "adult", "en")


@pytest.mark.usefixtures("app")
def test_rescheduling_keeps_the_order_of_the_days() -> None:
    asked = challenge(opens=date(2027, 1, 11), closes=date(2027, 2, 28))
    with pytest.raises(Refusal, match="before the opening day"), write():
        services.reschedule(asked.slug, opens_on=date(2027, 3, 1))
    with pytest.raises(NotHere), write():
        services.reschedule("nowhere", opens_on=date(2027, 3, 1))
    with write():
        services.reschedule(asked.slug, opens_on=date(2027, 3, 1), closes_on=date(2027, 4, 1))
    row = queries.published(asked.slug)
    assert row.opens_at == datetime(2027, 3, 1, tzinfo=UTC)
    assert row.closes_at == datetime(2027, 4, 1, 23, tzinfo=UTC)


def test_where_welsh_is_missing_the_english_is_marked(client: Client) -> None:
    asked = challenge(question_cy="Beth fyddai'n helpu?", sponsor_cy="")
    page = client.get(f"/cy/challenges/{asked.slug}").text
    assert "Beth fyddai" in page
    assert '<span lang="en">The cabinet member for streets</span>' in page
