"""Letters of news that wait or came back, while readers change their minds or their address."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.news import letters, services
from citizen_voice.news.letters import Letter
from citizen_voice.news.models import NewsItem
from citizen_voice.news.services import mailing, spreading
from citizen_voice.outbox import services as outbox
from tests.factories.comments import comment
from tests.factories.comments import reply as answer_to
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.news.post import LATER, back, body, choose, due, mails, work
from tests.news.test_news import headlines
from tests.outbox.mailing import deliver, rows
from tests.servers.smtp import Manner, SmtpServer

HOUR = timedelta(hours=1, minutes=1)
NEW = "new@example.org"


def told(person: UUID) -> None:
    """Something happened, and a letter to somebody waits."""
    reply(idea(author=person), reason_en="Said once.")
    with clock.at(clock.now() + LATER):
        services.work()


def came_back(smtp: SmtpServer, person: UUID) -> None:
    """The letter was refused."""
    told(person)
    with clock.at(clock.now() + LATER), smtp.behaving(Manner.REFUSE):
        deliver(smtp)
    assert rows()[-1].failed_at is not None


def move(person: UUID) -> None:
    with write():
        accounts.change_email(person, NEW, site_name="Voice", language="en")


def test_while_no_mail_leaves_all_that_is_new_waits_for_one_letter(
    app: Flask, smtp: SmtpServer
) -> None:
    author = resident()
    numbers = [idea(author=author) for _ in range(4)]
    now = clock.now()
    for hours, number in enumerate(numbers):
        with clock.at(now + hours * HOUR):
            reply(number, reason_en=f"Said {number}.")
        with clock.at(now + hours * HOUR + LATER):
            services.work()
    assert len(mails()) == 1
    assert due() == 3
    with clock.at(now + 4 * HOUR):
        assert deliver(smtp) == 1
        services.work()
        assert all(f"Said {number}." in body(author) for number in numbers[1:])
        assert deliver(smtp) == 1
    assert due() == 0


def test_who_stops_the_letters_gets_none_that_waited_or_came_back(
    app: Flask, smtp: SmtpServer
) -> None:
    waits, back_again, other = resident(), resident(), resident()
    came_back(smtp, back_again)
    for person in (waits, other):
        told(person)
    for person in (waits, back_again):
        choose(person, "never")
    with write():
        assert outbox.try_all_again() == 0
    with clock.at(clock.now() + LATER):
        deliver(smtp)
    assert [row.person_id for row in rows()] == [other]
    assert len(smtp.messages) == 1


def test_a_letter_that_came_back_is_sent_again_to_where_its_reader_is_now(
    app: Flask, smtp: SmtpServer
) -> None:
    person = resident(email="old@example.org")
    came_back(smtp, person)
    move(person)
    with write():
        assert outbox.try_all_again() == 1
    with clock.at(clock.now() + LATER):
        assert deliver(smtp) == 2
    came = {(message["To"], message["Subject"]) for message in smtp.messages}
    assert (NEW, "News of what you took part in") in came
    # that it has another address is told to the old one
    assert [to for to, subject in came if to != NEW] == ["old@example.org"]


def test_a_letter_that_waits_goes_to_where_its_reader_is_now(app: Flask, smtp: SmtpServer) -> None:
    person = resident(email="old@example.org")
    told(person)
    move(person)
    with clock.at(clock.now() + LATER):
        deliver(smtp)
    assert len(smtp.to(NEW)) == 1
    assert len(smtp.to("old@example.org")) == 1


def test_who_leaves_leaves_no_letter_behind_at_an_earlier_address_either(
    app: Flask, smtp: SmtpServer
) -> None:
    person = resident(email="old@example.org")
    told(person)
    with clock.at(clock.now() + LATER):
        deliver(smtp)
    move(person)
    with write():
        accounts.leave(person, remove_words=False)
    assert [row for row in rows() if row.person_id == person or row.to_address == NEW] == []


def test_a_letter_that_cannot_be_written_stops_nobody_elses(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = idea()
    people = [resident() for _ in range(5)]
    for person in people:
        back(person, number)
    reply(number)
    sort = mailing.SORTS[-1]

    def breaks(found: Any, person: Any) -> Letter:
        if person.id == people[2]:
            raise ZeroDivisionError
        return letters.news(found, person)

    broken = mailing.Sort(sort.kind, alone=False, stamp=sort.stamp, letter=breaks)
    with monkeypatch.context() as patched, clock.at(clock.now() + LATER):
        patched.setattr(mailing, "SORTS", (broken,))
        services.spread()
        with pytest.raises(ZeroDivisionError):
            services.mail()
        assert [len(mails(person)) for person in people] == [1, 1, 0, 1, 1]
        assert due() == 1
    with clock.at(clock.now() + LATER):
        services.mail()
    assert [len(mails(person)) for person in people] == [1] * 5


def test_a_happening_that_cannot_be_told_stops_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = idea(), idea()
    supporter = resident()
    back(supporter, one, other)
    reply(one)
    first = db.session.scalars(select(NewsItem.id)).one()
    reply(other)
    step = spreading._step

    def breaks(key: UUID) -> tuple[int, bool]:
        if key == first:
            raise ZeroDivisionError
        return step(key)

    with monkeypatch.context() as patched, clock.at(clock.now() + LATER):
        patched.setattr(spreading, "_step", breaks)
        with pytest.raises(ZeroDivisionError):
            services.spread()
    assert due(supporter) == 1


def test_who_talked_about_an_idea_that_is_hidden_now_hears_of_no_reply_to_it(app: Flask) -> None:
    author, talker = resident(), resident()
    number = idea(author=author)
    answer_to(comment(number, talker), author)
    assert headlines(talker) == ["Somebody replied to your comment."]
    with write():
        ideas.hide(number, actor=None, reason="A number")
    assert headlines(talker) == []
    work()
    assert mails(talker) == []
