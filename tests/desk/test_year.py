"""What the worker does once a day: a year after it was closed a request names nobody."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.desk import queries, services
from citizen_voice.desk.models import GRANTED, RightsEvent
from citizen_voice.errors import Conflict
from citizen_voice.retention import services as retaining
from citizen_voice.retention.models import RetentionRun
from tests.factories.desk import draft, entered, officer, stored
from tests.factories.retention import NOW

A_YEAR_AGO = NOW.replace(year=NOW.year - 1)
MINUTE = timedelta(minutes=1)


def closed(at: datetime, **given: str) -> int:
    """A request from a letter that was answered at a moment."""
    with clock.at(at):
        actor = officer()
        number = entered(actor=actor, address="1 High Street", received_on=clock.today(), **given)
        with write():
            services.decide(number, GRANTED, "It is zqoutcome.", draft(), actor=actor)
    return number


def details(number: int) -> set[str]:
    """Whatever of a request, its steps and its letters names somebody."""
    row = stored(number)
    told = {row.name, row.email or "", row.address, row.words, row.outcome_words, row.disputed}
    for letter in queries.letters_of(number):
        told |= {letter.subject, letter.body}
    return told - {""}


def done(at: datetime) -> dict[str, int]:
    """What the worker does in the night, however often."""
    with clock.at(at):
        return retaining.run()


def test_a_request_of_a_year_ago_names_nobody_and_a_younger_one_stays(app: Flask) -> None:
    old, young = closed(A_YEAR_AGO - MINUTE), closed(A_YEAR_AGO + MINUTE)
    still_open = entered(received_on=NOW.date(), email="third@example.org")
    assert details(old) == details(young) != set()
    assert done(NOW)["requests"] == 1
    row = stored(old)
    assert details(old) == set()
    assert (row.person_id, row.receipt_hash, row.forgotten_at) == (None, None, NOW)
    assert (row.kind, row.outcome, row.closed_at) == ("access", GRANTED, A_YEAR_AGO - MINUTE)
    assert {"Nell Gwyn", "nell@example.org", "1 High Street"} <= details(young)
    assert stored(young).forgotten_at is None
    assert stored(still_open).email == "third@example.org"
    acts = select(RightsEvent.act).where(RightsEvent.request_id == old).order_by(RightsEvent.id)
    assert db.session.scalars(acts).all()[-1] == "forgotten"
    assert done(NOW)["requests"] == 0
    assert done(NOW + 2 * MINUTE)["requests"] == 1
    assert details(young) == set()
    run = select(RetentionRun).where(RetentionRun.rule == "requests")
    assert db.session.scalars(run).one().done == 2
    actor = officer()
    with pytest.raises(Conflict), write():
        services.reopen(old, "They asked again.", actor=actor)


def test_the_officers_own_time_holds(app: Flask) -> None:
    number = closed(NOW - timedelta(days=70))
    assert done(NOW)["requests"] == 0
    with clock.at(NOW), write():
        retaining.settle("requests", number=2, warn=0, active=True, reason="", actor=None)
    assert done(NOW)["requests"] == 1
    assert details(number) == set()
