"""Everybody whom a happening concerns is told by mail, once, wherever the worker is stopped."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.db import db, new_key, write
from citizen_voice.following import services as following
from citizen_voice.ideas import services as ideas
from citizen_voice.news import queries, services
from citizen_voice.news.models import NewsDue, NewsItem
from citizen_voice.news.services import choosing, mailing, spreading
from citizen_voice.outbox import services as outbox
from citizen_voice.replies import services as replies
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.habits.statements import counted
from tests.news.post import LATER, back, choose, due, mails, work

MOMENT = datetime(2026, 5, 13, 12, tzinfo=UTC)  # a Wednesday


class Stopped(BaseException):
    """The worker goes no further."""


def crowd(number: int, size: int) -> list[UUID]:
    """So many people who support an idea; past the services, which take a while."""
    keys = [new_key() for _ in range(size)]
    with write():
        db.session.execute(
            Person.__table__.insert(),  # type: ignore[attr-defined]  # a table
            [
                {
                    "id": key,
                    "kind": "resident",
                    "email": f"{key.hex}@example.org",
                    "language": "en",
                    "age_band": "adult",
                    "created_at": clock.now(),
                }
                for key in keys
            ],
        )
        db.session.execute(
            Answer.__table__.insert(),  # type: ignore[attr-defined]  # a table
            [{"idea_id": number, "person_id": key, "value": SUPPORT, "version": 1} for key in keys],
        )
    return keys


def told() -> list[UUID]:
    db.session.rollback()
    return list(db.session.scalars(select(NewsDue.person_id).order_by(NewsDue.person_id)))


def test_who_took_part_or_follows_is_written_to_once_and_nobody_else(app: Flask) -> None:
    author, supporter, talker, follower, other = (resident() for _ in range(5))
    number = idea(author=author)
    back(supporter, number)
    comment(number, talker)
    comment(number, supporter)
    with write():
        following.follow(follower, idea_id=number)
    work()
    assert "Somebody" in mails(author)[0].body or "new comments" in mails(author)[0].body
    reply(number, reason_en="The bridge is too old.")
    assert queries.tells_of_ideas([number]) == 4
    for _ in range(3):
        work(at=clock.now() + timedelta(hours=2))
    for person in (supporter, talker, follower):
        assert ["too old" in mail.body for mail in mails(person)] == [True]
    assert ["too old" in mail.body for mail in mails(author)] == [False, True]
    assert mails(other) == []
    assert due() == 0


def test_what_is_undone_within_two_minutes_tells_nobody(app: Flask) -> None:
    supporter, number = resident(), idea()
    back(supporter, number)
    given = reply(number)
    work(at=clock.now() + timedelta(seconds=30))
    assert due() == 0
    with write():
        replies.take_back(given, actor=None)
    work()
    assert mails(supporter) == []
    assert db.session.scalar(select(func.count()).where(NewsItem.spread_at.is_(None))) == 0


def test_what_is_taken_back_before_the_letter_was_written_is_left_out(app: Flask) -> None:
    supporter, one, other = resident(), idea(), idea()
    back(supporter, one, other)
    given = reply(one, reason_en="The first.")
    reply(other, reason_en="The second.")
    with clock.at(clock.now() + LATER):
        services.spread()
        assert due(supporter) == 2
        with write():
            replies.take_back(given, actor=None)
        services.mail()
    (mail,) = mails(supporter)
    assert "The second." in mail.body
    assert "The first." not in mail.body
    assert due() == 0


def test_who_gets_no_mail_is_not_written_to_and_nobody_hears_of_their_own_doing(
    app: Flask,
) -> None:
    refused, shut, paused, never, doer, heard = (resident() for _ in range(6))
    number = idea()
    for person in (refused, shut, paused, never, doer, heard):
        back(person, number)
    with write():
        for person, values in (
            (refused, {"mail_refused_at": clock.now()}),
            (shut, {"shut_at": clock.now()}),
            (paused, {"paused_until": clock.now() + timedelta(days=3)}),
        ):
            db.session.execute(update(Person).where(Person.id == person).values(**values))
    choose(never, "never")
    with write():
        ideas.shortlist(number, actor=doer, reason="Many ask for it")
    work()
    told_now = {person for person in (refused, shut, paused, never, doer, heard) if mails(person)}
    assert told_now == {heard}
    assert due() == 0


def test_weekly_letters_come_on_monday_at_eight_whatever_the_clock_does(app: Flask) -> None:
    for now, expected in (
        (datetime(2026, 5, 13, 12, tzinfo=UTC), datetime(2026, 5, 18, 7, tzinfo=UTC)),
        (datetime(2026, 5, 18, 6, 59, tzinfo=UTC), datetime(2026, 5, 18, 7, tzinfo=UTC)),
        (datetime(2026, 5, 18, 7, tzinfo=UTC), datetime(2026, 5, 25, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 30, 7, tzinfo=UTC)),
    ):
        with clock.at(now):
            assert choosing.next_weekly() == expected
    supporter = resident()
    with clock.at(MOMENT):
        number, other = idea(), idea()
        back(supporter, number, other)
        choose(supporter, "weekly")
        reply(number, reason_en="The first.")
    work(at=MOMENT + timedelta(hours=1))
    with clock.at(MOMENT + timedelta(days=1)):
        reply(other, reason_en="The second.")
    work(at=MOMENT + timedelta(days=2))
    assert mails(supporter) == []
    work(at=datetime(2026, 5, 18, 7, 0, 30, tzinfo=UTC))
    (mail,) = mails(supporter)
    assert "The first." in mail.body
    assert "The second." in mail.body


def test_a_large_audience_is_told_in_batches_that_all_cost_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "BATCH", 10)
    number = idea()
    keys = crowd(number, 45)
    with write():
        ideas.shortlist(number, actor=None, reason="Many ask for it")
    with clock.at(clock.now() + LATER):
        (item,) = spreading._waiting()
        costs = []
        more = True
        while more:
            with write(), counted() as statements:
                _made, more = spreading._step(item)
            costs.append(len(statements))
    assert len(costs) == 5
    assert len(set(costs[:-1])) == 1
    assert set(keys) <= set(told())
    assert len(told()) == len(set(told()))


def test_an_expansion_that_breaks_off_anywhere_goes_on_where_it_was(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "BATCH", 10)
    number = idea()
    keys = crowd(number, 45)
    with write():
        ideas.shortlist(number, actor=None, reason="Many ask for it")
    note, calls = spreading._note, 0

    def breaks(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls in (1, 3, 4):
            raise Stopped
        return note(*args)

    monkeypatch.setattr(spreading, "_note", breaks)
    with clock.at(clock.now() + LATER):
        for expected in (0, 10, 10):
            with pytest.raises(Stopped):
                services.spread()
            assert due() == expected
        services.spread()
        services.mail()
        services.spread()
        services.mail()
    assert due() == 0
    written = [mail.person_id for mail in mails()]
    assert len(written) == len(set(written))
    assert set(keys) <= set(written)


def test_letters_that_break_off_are_written_by_the_next_run_each_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = idea()
    keys = crowd(number, 45)
    reply(number)
    enqueue, calls = outbox.enqueue, 0

    def breaks(**given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 31:
            raise Stopped
        return enqueue(**given)

    monkeypatch.setattr(outbox, "enqueue", breaks)
    with clock.at(clock.now() + LATER):
        services.spread()
        with pytest.raises(Stopped):
            services.mail()
        assert len(mails()) == mailing.BATCH
        services.mail()
    written = [mail.person_id for mail in mails()]
    assert len(written) == len(set(written))
    assert set(keys) <= set(written)
    assert due() == 0
