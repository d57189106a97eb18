"""What administrators see of the mail, and do about it."""

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.journal.models import JournalEntry
from citizen_voice.outbox import queries
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.retention import swept
from tests.factories.team import colleague
from tests.outbox.mailing import deliver, put, rows
from tests.servers.smtp import Manner, SmtpServer

SECRET = "Something that is nobody’s business"


@pytest.fixture
def administrator(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR, name="Ann Bell"), staff=True)
    return client


def came_back(smtp: SmtpServer, *kinds: str) -> None:
    """A letter of each kind is refused."""
    for kind in kinds:
        put(to=f"{kind}@example.org", kind=kind, subject=SECRET, body=SECRET)
    with smtp.behaving(Manner.REFUSE):
        deliver(smtp)


def acts() -> list[tuple[str, str]]:
    """What the journal says about mail: act and subject."""
    db.session.rollback()
    entries = select(JournalEntry.act, JournalEntry.subject).order_by(JournalEntry.number)
    found = db.session.execute(entries)
    return [(row.act, row.subject) for row in found if row.act.startswith("mail")]


def test_an_empty_screen_says_so(administrator: Client) -> None:
    page = administrator.get("/staff/mail").text
    assert "Nothing came back" in page
    assert "Everything has left" in page
    assert "Try all again" not in page


def test_what_waits_stands_there_by_kind_and_nobodys_words_do(administrator: Client) -> None:
    for number in range(3):
        put(to=f"reader{number}@example.org", kind="news", subject=SECRET, body=SECRET)
    put(to="ada@example.org", kind="report", subject=SECRET, body=SECRET)
    page = administrator.get("/staff/mail").text
    assert "News of what you took part in or follow" in page
    assert 'site-table__number">3<' in page
    assert SECRET not in page
    assert "reader0" not in page


def test_what_came_back_is_named_counted_and_sent_again(
    administrator: Client, smtp: SmtpServer
) -> None:
    came_back(smtp, "news", "code", "report")
    page = administrator.get("/staff/mail").text
    assert page.count("550 5.1.1 No such mailbox here") == 3
    assert page.count('/again"') == 3  # two letters, and all of them
    assert "Its words are gone" in page
    assert "n…@example.org" in page
    assert SECRET not in page
    assert '<span class="staff__count">3</span>' in page
    news = next(row for row in rows() if row.kind == "news")
    answer = administrator.send(f"/staff/mail/{news.id}/again")
    assert answer.location == "/staff/mail?done=mail-again"
    assert "On its way again" in administrator.get(answer.location).text
    assert acts() == [("mail sent again", f"letter {news.id}")]
    assert deliver(smtp) == 1
    assert smtp.wait_for(1)[0]["Message-ID"].startswith(f"<{news.id}@")


def test_all_that_last_are_sent_again_and_codes_are_not(
    administrator: Client, smtp: SmtpServer
) -> None:
    came_back(smtp, "news", "code", "report", "invitation")
    assert administrator.send("/staff/mail/again").location == "/staff/mail?done=mail-again"
    assert administrator.send("/staff/mail/again").location == "/staff/mail"
    assert acts() == [("mail sent again", "mail")]
    assert deliver(smtp) == 2
    assert {row.kind for row in rows() if row.failed_at is not None} == {"code", "invitation"}


def test_what_did_not_come_back_is_not_sent_again(administrator: Client, smtp: SmtpServer) -> None:
    put(kind="news")
    deliver(smtp)
    came_back(smtp, "code")
    for row in rows():
        assert administrator.send(f"/staff/mail/{row.id}/again").status_code == 404
    assert administrator.send(f"/staff/mail/{uuid4()}/again").status_code == 404
    assert acts() == []


def test_the_switch_asks_first_and_says_who_turned_it(administrator: Client) -> None:
    put(kind="news")
    asked = administrator.get("/staff/mail/stop").text
    assert "Codes to sign in leave all the same" in asked
    assert queries.settings().stopped_at is None
    answer = administrator.send("/staff/mail/stop")
    assert "Ann Bell stopped it on" in administrator.get(answer.location).text
    assert administrator.send("/staff/mail/stop").location == "/staff/mail"
    answer = administrator.send("/staff/mail/start")
    assert "Mail is stopped" not in administrator.get(answer.location).text
    assert administrator.send("/staff/mail/start").location == "/staff/mail"
    assert [act for act, _subject in acts()] == ["mail stopped", "mail started"]


def test_the_limit_is_kept_and_a_wrong_one_is_shown_with_what_was_typed(
    administrator: Client,
) -> None:
    assert administrator.send("/staff/mail/limit", data={"per_minute": "60"}).status_code == 303
    assert 'value="60"' in administrator.get("/staff/mail").text
    wrong = administrator.send("/staff/mail/limit", data={"per_minute": "a few"})
    assert wrong.status_code == 422
    assert 'value="a few"' in wrong.text
    assert "Write a whole number" in wrong.text
    assert queries.settings().per_minute == 60
    administrator.send("/staff/mail/limit", data={"per_minute": ""})
    assert queries.settings().per_minute == 0
    assert [act for act, _subject in acts()] == ["mail limit set"] * 2


@pytest.mark.parametrize(
    "path", ["limit", "stop", "start", "again", "01890000-0000-7000-8000-000000000000/again"]
)
def test_administrators_alone(app: Flask, client: Client, path: str) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    data: dict[str, Any] = {"per_minute": "1"}
    assert client.send(f"/staff/mail/{path}", data=data).status_code == 403
    assert client.get("/staff/mail").status_code == 403


def test_words_of_what_came_back_go_with_the_tidy(app: Flask, smtp: SmtpServer) -> None:
    came_back(smtp, "news")
    assert rows()[0].body == SECRET
    with clock.at(rows()[0].created_at.replace(year=2031)), write():
        assert swept("letters") == 1
    assert rows() == []
