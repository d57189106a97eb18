"""An address that its mail server refuses for good: its owner is told, and clears it."""

import re
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice.accounts import queries as accounts
from citizen_voice.accounts import services
from citizen_voice.db import AnyRow, db, write
from tests.client import Client
from tests.factories.people import resident
from tests.outbox.mailing import deliver, put
from tests.servers.smtp import SmtpServer

ADDRESS = "ada@example.org"
TOLD = "Our mail does not reach you"


@pytest.fixture
def ada(app: Flask) -> UUID:
    """A resident."""
    return resident(email=ADDRESS)


def person(key: UUID) -> AnyRow:
    """Their row."""
    db.session.rollback()
    return accounts.person(key)


def refuse(smtp: SmtpServer, words: str = "550 5.1.1 <ada@example.org>: No such user") -> None:
    """A letter to Ada comes back."""
    smtp.refused[ADDRESS] = words
    put(to=ADDRESS, kind="news")
    assert deliver(smtp) == 0
    smtp.refused.clear()


@pytest.mark.parametrize(
    ("words", "hers"),
    [
        ("550 5.1.1 No such user", True),
        ("553 Mailbox name not allowed", True),
        ("550 No such user", True),
        ("552 5.2.2 Mailbox full", True),
        ("554 5.7.1 Relay access denied", False),
        ("550 5.7.1 Your network is on a blocklist", False),
        ("554 Transaction failed", False),
        ("450 4.1.1 Not now", False),
    ],
)
def test_what_is_said_about_the_recipient_alone_marks_the_address(
    ada: UUID, smtp: SmtpServer, words: str, hers: bool
) -> None:
    refuse(smtp, words)
    row = person(ada)
    assert (row.mail_refused_at is not None) == hers
    assert row.mail_refused_words == (words if hers else None)


def test_its_owner_is_told_at_the_next_visit_and_can_say_that_it_works(
    ada: UUID, client: Client, smtp: SmtpServer
) -> None:
    client.sign_in(ada)
    assert TOLD not in client.get("/").text
    refuse(smtp)
    for path in ("/", "/ideas", "/me"):
        page = client.get(path).text
        assert TOLD in page
        assert ADDRESS in page
    assert "550 5.1.1 &lt;…&gt;: No such user" in client.get("/me").text
    assert TOLD not in client.application.test_client().get("/").text
    answer = client.send("/me/email/works")
    assert (answer.status_code, answer.location) == (303, "/me?done=address-works")
    assert TOLD not in client.get(answer.location).text
    assert person(ada).mail_refused_words is None


def test_a_code_that_arrived_there_clears_it(ada: UUID, client: Client, smtp: SmtpServer) -> None:
    refuse(smtp)
    client.post("/sign-in", data={"email": ADDRESS, "notice": "1"})
    assert deliver(smtp) == 1
    code = re.search(r"\d{3} \d{3}", str(smtp.wait_for(1)[0]["Subject"]))
    assert code is not None
    client.post("/sign-in/code", data={"code": code[0]})
    assert person(ada).mail_refused_at is None
    assert TOLD not in client.get("/").text


def test_another_address_clears_it_and_so_does_leaving(ada: UUID, smtp: SmtpServer) -> None:
    refuse(smtp)
    with write():
        services.change_email(ada, "new@example.org", site_name="Voice", language="en")
    assert person(ada).mail_refused_at is None
    eve = resident(email="eve@example.org")
    smtp.refused["eve@example.org"] = "550 5.1.1 No such user"
    put(to="eve@example.org")
    deliver(smtp)
    assert person(eve).mail_refused_at is not None
    with write():
        services.leave(eve, remove_words=False)
    assert (person(eve).mail_refused_at, person(eve).mail_refused_words) == (None, None)


def test_a_code_to_nobodys_address_marks_nobody(ada: UUID, smtp: SmtpServer) -> None:
    smtp.refused["nobody@example.org"] = "550 5.1.1 No such user"
    put(to="nobody@example.org")
    assert deliver(smtp) == 0
    assert person(ada).mail_refused_at is None
