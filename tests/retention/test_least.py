"""What public figures are made from is kept for as long as they tell of it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, keeping
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.keeping import RetentionRule, in_force, rules
from citizen_voice.moderation.figures import MONTHS, figures
from citizen_voice.moderation.models import Report
from citizen_voice.retention import services
from tests.client import Client
from tests.factories.desk import officer
from tests.factories.people import resident
from tests.factories.retention import closed_report, decided_idea, done

START = "/staff/privacy/retention/rules/reports"
LAST = datetime(2026, 10, 31, 23, 59, 59, tzinfo=clock.LONDON)
"""The last moment of a month: the first that the figures tell of is nearest to its end."""
OLDEST = datetime(2025, 11, 1, tzinfo=clock.LONDON)


def set_before(number: int) -> None:
    """The officer set it when there was no least."""
    row = {"number": number, "warn": 0, "active": True, "reason": "", "changed_at": clock.now()}
    with write():
        db.session.add(RetentionRule(key=rules.REPORTS, **row))


def told(at: datetime) -> list[int]:
    """How many reports the public figures tell of: a month each, the newest first."""
    with clock.at(at):
        return [month.reports.total for month in figures().months]


@pytest.mark.parametrize("number", [1, 11])
def test_it_cannot_be_set_shorter_and_the_form_says_so(client: Client, number: int) -> None:
    client.sign_in(officer(), staff=True)
    page = client.get(START).text
    assert "At least: 12 months." in page
    assert "The public figures of moderation count reports for so long." in page
    answer = client.send(START, {"number": str(number), "active": "y", "reason": ""})
    assert answer.status_code == 422
    assert "This has to be kept for 12 months at least." in answer.text
    assert db.session.scalars(select(RetentionRule)).all() == []
    assert client.send(START, {"number": "12", "active": "y", "reason": ""}).status_code == 303
    assert "At least" not in client.get("/staff/privacy/retention/rules/news").text


def test_what_was_set_shorter_before_holds_as_the_least(client: Client) -> None:
    set_before(1)
    assert str(in_force()[rules.REPORTS].period) == "12 months"
    assert "12 months" in str(keeping.sentence("reports", in_force()))
    client.sign_in(officer(), staff=True)
    assert 'value="12"' in client.get(START).text


@pytest.mark.parametrize("number", [None, 1])
def test_no_report_leaves_the_figures_while_they_tell_of_its_month(
    app: Flask, number: int | None
) -> None:
    if number is not None:
        set_before(number)
    about = decided_idea(resident(), at=OLDEST)
    for at in (OLDEST, OLDEST + timedelta(days=45), LAST - timedelta(days=40)):
        closed_report(about, at=at + timedelta(days=2))  # it was made two days before
    before = told(LAST)
    assert (len(before), sum(before), before[-1]) == (MONTHS, 3, 1)
    assert "reports" not in done(now=LAST)
    assert told(LAST) == before
    gone = done(now=LAST + timedelta(days=3))["reports"]
    assert len(gone) == 1
    assert len(db.session.scalars(select(Report)).all()) == 2
    assert sum(told(LAST + timedelta(days=3))) == 2


def test_every_least_is_within_what_is_allowed(app: Flask) -> None:
    for rule in keeping.RULES.values():
        if rule.least is not None:
            assert rule.period.days >= rule.least.days
            assert rule.longest is None or rule.longest.days >= rule.least.days
            assert str(rule.needed)
            with pytest.raises(Refusal), write():
                services.settle(
                    rule.key,
                    number=rule.least.number - 1,
                    warn=rule.warn,
                    active=True,
                    reason="A wish",
                    actor=None,
                )
    assert keeping.RULES[rules.REPORTS].least == keeping.Period(MONTHS, keeping.Unit.MONTHS)
