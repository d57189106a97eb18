"""The day on which a pause ends, as moderators type it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.moderation import case, ground
from tests.factories.people import resident
from tests.factories.team import colleague


@pytest.fixture
def about(client: Client) -> tuple[UUID, UUID]:
    """Somebody whose idea was reported, and the case; a moderator is signed in."""
    client.sign_in(colleague(), staff=True)
    author = resident()
    return author, case(idea_id=idea(author=author))


def pause(client: Client, case_id: UUID, until: str) -> tuple[int, str]:
    fields = {"act": "pause", "until": until, "words": "My words.", "ground": str(ground())}
    answer = client.send(f"/staff/cases/{case_id}/decide", fields)
    return answer.status_code, answer.text


def paused_until(person: UUID) -> object:
    db.session.rollback()
    return db.session.get_one(Person, person).paused_until


@pytest.mark.parametrize("typed", ["next Friday", "30/2/2027", "2027-02-30", "1.2", "tomorrow <b>"])
def test_a_day_that_cannot_be_read_is_given_back_as_it_was_typed(
    client: Client, about: tuple[UUID, UUID], typed: str
) -> None:
    author, case_id = about
    status, html = pause(client, case_id, typed)
    assert status == 422
    assert "Give a day, like 2027-01-31." in html
    assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in html
    assert "My words." in html
    assert paused_until(author) is None


def test_a_day_may_be_typed_as_people_write_it(client: Client, about: tuple[UUID, UUID]) -> None:
    author, case_id = about
    day = clock.today() + timedelta(days=9)
    status, _html = pause(client, case_id, f"{day.day}/{day.month}/{day.year}")
    assert status == 303
    assert paused_until(author) == clock.end_of(day)


@pytest.mark.parametrize("day", [date.max, date.min])
def test_a_day_beyond_all_days_is_refused_at_its_field(
    client: Client, about: tuple[UUID, UUID], day: date
) -> None:
    author, case_id = about
    status, html = pause(client, case_id, day.isoformat())
    assert status == 422
    assert f'value="{day.isoformat()}"' in html
    assert paused_until(author) is None
