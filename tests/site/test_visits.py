"""Visits: when one ends and the next begins, in whatever browser, at any change of clocks."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import PersonSession
from citizen_voice.accounts.visits import SILENCE, last_visit
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from tests.accounts import walk
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.site.telling import HOUR, MINUTE, NOTHING, told


def test_the_whole_visit_is_told_the_same_and_the_next_begins_where_it_ended(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    now = clock.now()
    with clock.at(now - HOUR):
        idea(asked, title="While away")
    for minute in range(0, 60, 7):
        with clock.at(now + minute * MINUTE):
            assert "While away" in (told(client) or ""), minute
    with clock.at(now + 2 * HOUR):
        assert NOTHING in (told(client) or "")


def test_a_visit_ends_with_half_an_hour_of_silence(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    now = clock.now()
    with clock.at(now):
        assert last_visit(person, now) == before
        client.get("/")
    assert last_visit(person, now + SILENCE) == before
    assert last_visit(person, now + SILENCE + timedelta(seconds=1)) == now


def test_a_visit_goes_on_in_another_browser(
    app: Flask, client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    now = clock.now()
    idea(asked, title="While away")
    with clock.at(now):
        assert "While away" in (told(client) or "")
    phone = walk.another(app)
    with clock.at(now + 10 * MINUTE):
        phone.sign_in(person)
        assert "While away" in (told(phone) or "")
    with clock.at(now + 5 * HOUR):
        assert NOTHING in (told(phone) or "")
    with clock.at(now + 5 * HOUR + 10 * MINUTE):
        assert NOTHING in (told(client) or "")  # it was read on the phone


def test_a_new_browser_knows_of_visits_in_others(
    app: Flask, client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    idea(asked, title="While away")
    library = walk.another(app)
    library.sign_in(person, shared=True)
    assert "While away" in (told(library) or "")


def test_days_and_the_change_of_clocks_make_no_difference(
    client: Client, person: UUID, asked: Challenge
) -> None:
    forward = datetime(2027, 3, 28, 0, 50, tzinfo=UTC)  # ten minutes before 01:00 becomes 02:00
    back = datetime(2027, 10, 31, 0, 50, tzinfo=UTC)  # London's 01:50 comes twice
    midnight = datetime(2027, 6, 30, 22, 50, tzinfo=UTC)
    for turn in (forward, midnight, back):
        with clock.at(turn):
            client.sign_in(person)
            client.get("/")
        with clock.at(turn + 20 * MINUTE):
            assert last_visit(person, clock.now()) != turn
        with clock.at(turn + 40 * MINUTE):
            assert last_visit(person, clock.now()) == turn


def test_looking_is_noted_at_most_every_five_minutes_and_moves_no_other_session(
    app: Flask, client: Client, person: UUID, before: datetime
) -> None:
    other = walk.another(app)
    other.sign_in(resident())
    rows = sessions()
    client.get("/")
    client.get("/")
    changed = {key: row for key, row in sessions().items() if row != rows[key]}
    ((key, (seen, visited)),) = changed.items()
    assert rows[key] == (before, None)
    assert seen > before
    assert visited == before
    with counted() as statements:
        client.get("/")
    assert not statements.written


def sessions() -> dict[UUID, tuple[datetime, datetime | None]]:
    db.session.rollback()
    columns = PersonSession.id, PersonSession.seen_at, PersonSession.last_visit_at
    return {row[0]: (row[1], row[2]) for row in db.session.execute(select(*columns))}


def test_a_session_that_ended_meanwhile_is_not_touched(client: Client, person: UUID) -> None:
    with write():
        opened = accounts.open_session(person, device="", shared=False)
        accounts.end_session(person, opened.session_id)
        accounts.touch(opened.session_id)
    assert sessions() == {}
