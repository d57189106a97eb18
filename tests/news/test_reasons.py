"""What moderators decided about somebody reaches them, whatever they chose about news."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from citizen_voice.moderation import services as moderating
from citizen_voice.news import services
from citizen_voice.outbox.kinds import kind
from citizen_voice.register import Basis
from tests.client import Client
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.news.post import LATER, Mail, choose, due, mails, work
from tests.news.test_news import headlines

SUBJECT = "A decision about something of yours"
HOUR = timedelta(hours=1, minutes=1)


def be(person: object, **values: Any) -> None:
    with write():
        db.session.execute(update(Person).where(Person.id == person).values(**values))


def the_letter(person: object) -> Mail:
    (mail,) = mails(person, "decision")  # type: ignore[arg-type]  # a key
    return mail


@pytest.mark.parametrize("how", ["never", "weekly", "paused", "shut"])
def test_reasons_come_by_mail_whatever_somebody_chose_and_whatever_was_decided(
    app: Flask, how: str
) -> None:
    author = resident()
    number = idea(author=author, title="Ring Sam at number 9")
    if how == "paused":
        be(author, paused_until=clock.now() + timedelta(days=3))
    elif how == "shut":
        be(author, shut_at=clock.now())
    else:
        choose(author, how)
    made = decide(case(idea_id=number), "hide", words="It tells where somebody lives.")
    work()
    mail = the_letter(author)
    assert mail.subject == SUBJECT
    for words in (mail.body, mail.html):
        assert "We have hidden your idea" in words
        assert "The rule" in words
        assert "It tells where somebody lives." in words
        assert "Nobody else can see it." in words
        assert "A person noticed it and decided." in words
        assert "Somebody who did not decide this looks again. You can ask until" in words
        assert f"{app.config['BASE_URL']}/decisions/{made}" in words
        assert "you have a right to the reasons" in words
        assert "Ring Sam" not in words
        assert "/unsubscribe/" not in words
    assert mail.unsubscribe == ""
    assert mails(author) == []
    assert due() == 0
    assert len(headlines(author)) == 1


def test_reasons_are_owed_by_law_and_cannot_be_stopped(app: Flask) -> None:
    assert kind("decision").why.basis is Basis.LEGAL_OBLIGATION
    author = resident()
    decide(case(idea_id=idea(author=author)), "hide")
    with clock.at(clock.now() + LATER):
        services.spread()
        for chosen in ("weekly", "never"):
            choose(author, chosen)
        assert due(author) == 1
        services.mail()
    assert the_letter(author)
    choose(author, "never")
    assert the_letter(author)


def test_a_decision_that_was_undone_before_the_letter_sends_none(app: Flask) -> None:
    author, moderator = resident(), colleague()
    made = decide(case(idea_id=idea(author=author)), "hide", actor=moderator)
    with write():
        moderating.undo(made, actor=moderator)
    work()
    assert mails(author, "decision") == []


def test_many_decisions_come_together_and_the_next_ones_after_an_hour(app: Flask) -> None:
    author = resident()
    number = idea()
    for _ in range(3):
        decide(case(comment_id=comment(number, author)), "hide")
    work()
    assert the_letter(author).body.count("We have hidden your comment") == 3
    begun = clock.now()
    for minute in (10, 20):
        with clock.at(begun + timedelta(minutes=minute)):
            decide(case(comment_id=comment(number, author)), "hide")
        work(at=begun + timedelta(minutes=minute + 5))
    assert the_letter(author)
    work(at=begun + HOUR + LATER)
    assert len(mails(author, "decision")) == 2


def test_what_came_of_looking_again_is_told_with_its_reason(app: Flask) -> None:
    author, somebody_else = resident(), colleague()
    made = decide(case(idea_id=idea(author=author)), "hide")
    work()
    with write():
        asked = moderating.appeal(made, author, words="Nobody lives there.", language="en")
    with clock.at(clock.now() + HOUR), write():
        moderating.decide_appeal(
            asked.id, upheld=True, reason="It is an empty house.", actor=somebody_else
        )
    work(at=clock.now() + HOUR + LATER)
    text = mails(author, "decision")[-1].body
    assert "They found that it was wrong, and undid it" in text
    assert "It is an empty house." in text
    assert f"/decisions/{made}" in text


def test_reasons_are_in_their_readers_language(app: Flask) -> None:
    author = resident()
    be(author, language="cy")
    made = decide(case(idea_id=idea(author=author)), "hide", words="It breaks a rule.")
    work()
    mail = the_letter(author)
    assert mail.language == "cy"
    assert '<html lang="cy">' in mail.html
    assert f"/cy/decisions/{made}" in mail.body


def test_who_cannot_be_reached_by_mail_reads_the_reasons_at_the_site(client: Client) -> None:
    author = resident()
    be(author, mail_refused_at=datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
    made = decide(case(idea_id=idea(author=author)), "hide")
    work()
    assert mails(author, "decision") == []
    assert due() == 0
    client.sign_in(author)
    assert f'href="/decisions/{made}"' in client.get("/news").text
