"""What is over goes when its time has come, not before, and once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db, write
from citizen_voice.ideas.models import Idea
from citizen_voice.moderation.models import CaseNote, Report
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.retention import services
from citizen_voice.retention.models import RetentionRun, RetentionWarning
from tests.factories.retention import LONG_AGO, NOW, closed_report, decided_idea, done, idle
from tests.factories.team import colleague

DAY = timedelta(days=1)
MONTH = timedelta(days=30)


def letters(kind: str = "account-idle") -> int:
    """How many letters of a kind were written."""
    return int(
        db.session.execute(
            select(func.count()).select_from(OutboxMail).where(OutboxMail.kind == kind)
        ).scalar_one()
    )


def kind_of(person: object) -> str:
    """What somebody is now."""
    return str(db.session.get_one(Person, person, populate_existing=True).kind)


def test_who_was_not_here_for_two_years_is_told_and_goes_a_month_later(app: Flask) -> None:
    somebody = idle()
    assert done() == {"warned": [(somebody,)]}
    assert letters() == 1
    assert done(now=NOW + 29 * DAY) == {}
    assert letters() == 1
    assert done(now=NOW + MONTH)["accounts"] == [(somebody,)]
    assert kind_of(somebody) == FORMER
    assert db.session.get(RetentionWarning, somebody) is None
    assert done(now=NOW + 2 * MONTH) == {}


def test_nobody_is_told_a_day_too_early(app: Flask) -> None:
    somebody = idle()
    first = LONG_AGO.replace(year=2026, month=2, day=8)  # 30 days before 10 March
    assert done(now=first - DAY) == {}
    assert done(now=first)["warned"] == [(somebody,)]
    assert done(now=first + 29 * DAY).get("accounts") is None
    assert done(now=first + MONTH)["accounts"] == [(somebody,)]


def test_signing_in_ends_it(app: Flask) -> None:
    somebody = idle()
    done()
    with clock.at(NOW + DAY), write():
        accounts.open_session(somebody, device="", shared=False)
    found = done(now=NOW + MONTH)
    assert "accounts" not in found
    assert found["warnings"] == [(somebody,)]
    assert kind_of(somebody) == "resident"


def test_the_letter_is_in_their_language(app: Flask) -> None:
    somebody = idle()
    with write():
        db.session.get_one(Person, somebody).language = "cy"
    done()
    letter = db.session.scalars(select(OutboxMail).where(OutboxMail.kind == "account-idle")).one()
    assert letter.language == "cy"
    assert "/cy/sign-in" in str(letter.body)
    assert "22 Rhagfyr 2026" in str(letter.body)


def test_whose_mail_is_refused_gets_no_letter_twice_the_time_and_a_word_in_the_log(
    app: Flask,
) -> None:
    somebody = idle()
    with write():
        db.session.get_one(Person, somebody).mail_refused_at = NOW - DAY
    assert done()["warned"] == [(somebody,)]
    assert letters() == 0
    assert done(now=NOW + MONTH) == {}
    assert done(now=NOW + 2 * MONTH)["accounts"] == [(somebody,)]
    runs = db.session.scalars(
        select(RetentionRun).where(RetentionRun.rule == "idle-accounts").order_by(RetentionRun.id)
    ).all()
    assert [(run.warned, run.done, run.unreached) for run in runs] == [
        (1, 0, 1),
        (0, 0, 0),
        (0, 1, 1),
    ]


def test_nobody_goes_while_they_work_here(app: Flask) -> None:
    with clock.at(LONG_AGO):
        colleague()
    assert "warned" not in done()


def test_names_come_off_ideas_two_years_after_their_outcome(app: Flask) -> None:
    with clock.at(NOW):
        author = idle(seen=NOW)
    old = decided_idea(author)
    new = decided_idea(author, at=NOW - 700 * DAY)
    assert done(hourly=False) == {"names": [(old,)]}
    assert db.session.get_one(Idea, old, populate_existing=True).author_id is None
    assert db.session.get_one(Idea, new, populate_existing=True).author_id == author


def test_what_was_reported_goes_a_year_after_it_was_closed_and_the_address_after_a_month(
    app: Flask,
) -> None:
    number = decided_idea(idle(seen=NOW), at=NOW)
    closed_report(number, at=NOW - 40 * DAY)
    assert {"reporters", "report-senders"} <= set(done())
    report = db.session.scalars(select(Report)).one()
    assert (report.email, report.sender_hash) == (None, None)
    found = done(now=NOW + 330 * DAY)
    assert {"reports", "case-notes"} <= set(found)
    assert db.session.scalars(select(Report)).all() == []
    assert db.session.scalars(select(CaseNote)).all() == []


@pytest.mark.parametrize("hourly", [True, False])
def test_what_was_done_is_done_once(app: Flask, hourly: bool) -> None:
    author = idle(seen=NOW)
    number = decided_idea(author)
    closed_report(number)
    done(hourly=hourly)
    assert done(hourly=hourly) == {}


def test_a_hold_on_one_idea_keeps_its_reports_and_no_others(app: Flask) -> None:
    author = idle(seen=NOW)
    other, held = (decided_idea(author, at=NOW) for _ in range(2))
    closed_report(other)
    closed_report(held)
    with write():
        services.hold(reason="A claim", actor=None, idea_id=held)
    found = done(hourly=False)
    assert [len(found[name]) for name in ("reports", "case-notes")] == [1, 1]
