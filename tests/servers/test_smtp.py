"""The mail server of the tests receives, refuses, defers, drops and goes away when told."""

from __future__ import annotations

import smtplib
import time
from email.message import EmailMessage

import pytest

from tests.servers.smtp import Manner, SmtpServer


def send(smtp: SmtpServer, to: str = "mair@example.org") -> None:
    message = EmailMessage()
    message["From"] = "llais@example.org"
    message["To"] = to
    message["Subject"] = "Eich côd"
    message.set_content("Your code is 123456. Ŵyl!")
    host, port = smtp.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port), timeout=5) as client:
        client.send_message(message)


def test_mail_is_received_and_parsed(smtp: SmtpServer) -> None:
    send(smtp)
    (message,) = smtp.wait_for(1)
    assert message["Subject"] == "Eich côd"
    assert "123456. Ŵyl!" in message.get_content()
    assert smtp.to("mair@example.org") == [message]
    assert smtp.to("gwen@example.org") == []


def test_mail_is_refused_deferred_or_dropped_when_told(smtp: SmtpServer) -> None:
    with smtp.behaving(Manner.REFUSE), pytest.raises(smtplib.SMTPDataError) as refused:
        send(smtp)
    assert refused.value.smtp_code == 550
    with smtp.behaving(Manner.DEFER), pytest.raises(smtplib.SMTPDataError) as deferred:
        send(smtp)
    assert deferred.value.smtp_code == 451
    with smtp.behaving(Manner.DROP), pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        send(smtp)
    assert smtp.messages == []
    assert smtp.attempts == 3
    send(smtp)
    assert len(smtp.messages) == 1


def test_mail_waits_when_told(smtp: SmtpServer) -> None:
    began = time.monotonic()
    with smtp.behaving(seconds=0.3):
        send(smtp)
    assert time.monotonic() - began >= 0.3
    with pytest.raises(AssertionError, match="1 of 2 messages"):
        smtp.wait_for(2, seconds=0.05)


def test_a_mail_server_can_be_away_and_come_back(smtp: SmtpServer) -> None:
    url = smtp.url
    with smtp.away(), pytest.raises(OSError, match="refused"):
        send(smtp)
    assert smtp.url == url
    send(smtp)
    assert len(smtp.messages) == 1
