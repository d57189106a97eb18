"""Who waits for an answer about their data keeps the account that the answer is about."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db, write
from citizen_voice.desk import services as desk
from citizen_voice.desk.models import ACCESS, COMPLAINT, GRANTED, NOT_NEEDED, RightsRequest
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.retention import queries
from tests.client import Client
from tests.factories.desk import SITE, draft, entered, officer, stored
from tests.factories.retention import NOW, done, idle

DAY = timedelta(days=1)
ADDRESS = "ann@example.org"


def by_letter(kind: str = ACCESS, *, email: str | None = ADDRESS, at: datetime = NOW) -> int:
    """A request that came by post; it is linked where its address is an account's."""
    with clock.at(at):
        return entered(kind, email=email, received_on=clock.today(), identity=NOT_NEEDED)


def closed(number: int, at: datetime) -> None:
    """It is answered."""
    with clock.at(at):
        actor = officer()
        with write():
            desk.decide(number, GRANTED, "So it is.", draft(), actor=actor)


def counted(at: datetime) -> dict[str, tuple[int, int]]:
    """What the dry run says of accounts: how many go, and how many are kept back."""
    with clock.at(at):
        planned = queries.planned()
    return {
        each.sweep.name: (each.count, each.held)
        for each in planned
        if each.sweep.rule == "idle-accounts"
    }


def letters() -> int:
    """How many were told that their account goes."""
    db.session.rollback()
    return len(
        db.session.scalars(select(OutboxMail).where(OutboxMail.kind == "account-idle")).all()
    )


def kind_of(person: UUID) -> str:
    """What somebody is now."""
    return db.session.get_one(Person, person, populate_existing=True).kind


@pytest.mark.parametrize("kind", [ACCESS, COMPLAINT])
def test_an_open_request_by_letter_keeps_the_account_it_is_linked_to(app: Flask, kind: str) -> None:
    somebody, other = idle(email=ADDRESS), idle(email="other@example.org")
    assert set(done()["warned"]) == {(somebody,), (other,)}
    number = by_letter(kind, at=NOW + DAY)
    assert stored(number).person_id == somebody
    later = NOW + 30 * DAY
    assert counted(later) == {"accounts": (1, 1), "warned": (0, 0)}
    assert done(now=later)["accounts"] == [(other,)]
    assert (kind_of(somebody), kind_of(other)) == ("resident", FORMER)
    row = stored(number)
    assert (row.closed_at, row.outcome, row.email) == (None, None, ADDRESS)
    closed(number, later)
    assert counted(later) == {"accounts": (1, 0), "warned": (0, 0)}
    assert done(now=later + DAY)["accounts"] == [(somebody,)]
    assert stored(number).outcome == GRANTED


def test_a_request_that_gives_the_address_alone_keeps_the_account_too(app: Flask) -> None:
    number = by_letter()  # before there was such an account
    somebody = idle(email=ADDRESS)
    assert stored(number).person_id is None
    assert counted(NOW) == {"accounts": (0, 0), "warned": (0, 1)}
    assert done() == {}
    assert done(now=NOW + 60 * DAY) == {}
    assert kind_of(somebody) == "resident"
    closed(number, NOW + 60 * DAY)
    assert done(now=NOW + 61 * DAY)["warned"] == [(somebody,)]


def test_a_request_from_their_account_keeps_it_without_an_address(app: Flask) -> None:
    somebody = idle(email=ADDRESS)
    with clock.at(NOW), write():
        desk.ask(
            desk.Asking(kind=ACCESS, language="en", words="All of it.", person_id=somebody),
            channel="my-data",
            site=SITE,
        )
    (row,) = db.session.scalars(select(RightsRequest))
    assert (row.person_id, row.email) == (somebody, None)
    assert done() == {}
    assert letters() == 0


def test_a_request_that_is_closed_and_another_persons_keep_nothing(app: Flask) -> None:
    somebody = idle(email=ADDRESS)
    closed(by_letter(at=NOW - DAY), NOW - DAY)
    by_letter(email="other@example.org")
    by_letter(email=None)
    assert counted(NOW) == {"accounts": (0, 0), "warned": (1, 0)}
    assert done()["warned"] == [(somebody,)]
    assert done(now=NOW + 30 * DAY)["accounts"] == [(somebody,)]


def test_the_officer_reads_that_a_request_keeps_it(client: Client) -> None:
    client.sign_in(officer(), staff=True)
    with clock.at(clock.now() - 900 * DAY):
        idle(seen=clock.now(), email=ADDRESS)
    by_letter(at=clock.now())
    page = client.get("/staff/privacy/retention/now").text
    assert "Kept by a hold or a request" in page
    assert "Letters to people whose account nobody uses" in page
    assert "Nothing is due" in client.get("/staff/privacy/retention/now/warned").text


def test_among_many_each_keeps_their_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citizen_voice.retention.services.running.BATCH", 2)
    people = [idle(email=f"reader{number}@example.org") for number in range(6)]
    numbers = [by_letter(email=f"reader{number}@example.org") for number in (1, 4)]
    kept = {stored(number).person_id for number in numbers}
    assert set(done()["warned"]) == {(key,) for key in people} - {(key,) for key in kept}
