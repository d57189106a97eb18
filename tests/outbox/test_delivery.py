"""Letters: one for every act that was committed, delivered once the server takes them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.secrets import CODE_DIGITS
from citizen_voice.db import write
from citizen_voice.outbox import delivery, leases, queries, services
from citizen_voice.outbox.kinds import UnknownKind
from citizen_voice.outbox.mime import Message
from citizen_voice.outbox.smtp import Server, sender
from tests.client import Client
from tests.factories.retention import swept
from tests.outbox.mailing import FROM, deliver, later, put, rows, worker
from tests.servers.smtp import Manner, SmtpServer

pytestmark = pytest.mark.usefixtures("app")


def test_a_letter_is_delivered_with_its_headers_and_its_words_go(smtp: SmtpServer) -> None:
    put(language="cy", body="Eich cod: 482 913 — diolch\n", subject="482 913 yw’ch cod")
    assert deliver(smtp) == 1
    (message,) = smtp.wait_for(1)
    (row,) = rows()
    assert message["From"] == FROM
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "482 913 yw’ch cod"
    assert message["Message-ID"] == f"<{row.id}@council.example>"
    assert message["Content-Language"] == "cy"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == row.created_at.replace(microsecond=0)
    assert "Eich cod: 482 913 — diolch" in message.get_content()
    assert message.get_all("X-Envelope-To") == ["ada@example.org"]
    assert (row.subject, row.body, row.due_at, row.failed_at) == (None, None, None, None)
    assert row.sent_at is not None
    assert deliver(smtp) == 0
    assert queries.waiting() == 0


def test_many_letters_go_in_batches_each_once(smtp: SmtpServer) -> None:
    for number in range(leases.BATCH + 5):
        put(to=f"reader{number}@example.org")
    assert deliver(smtp) == leases.BATCH + 5
    assert len({message["To"] for message in smtp.wait_for(leases.BATCH + 5)}) == len(rows())


def test_a_letter_refused_for_good_is_given_up_and_holds_up_nobody(smtp: SmtpServer) -> None:
    put(to="gone@example.org")
    with smtp.behaving(Manner.REFUSE):
        assert deliver(smtp) == 0
    (row,) = rows()
    assert row.failed_at is not None
    assert row.due_at is None
    assert "550" in row.last_error
    assert (row.subject, row.body) == (None, None)
    put(to="ada@example.org")
    assert deliver(smtp) == 1
    assert smtp.to("gone@example.org") == []


def test_a_letter_put_off_is_tried_again_after_a_pause(smtp: SmtpServer) -> None:
    put()
    with smtp.behaving(Manner.DEFER):
        deliver(smtp)
        deliver(smtp)
    assert smtp.attempts == 1
    (row,) = rows()
    assert (row.attempts, row.sent_at) == (1, None)
    assert "451" in row.last_error
    assert row.body is not None
    with later(1):
        assert deliver(smtp) == 1
    assert len(smtp.messages) == 1


def test_a_connection_that_is_dropped_or_a_server_that_is_away_loses_nothing(
    smtp: SmtpServer,
) -> None:
    put()
    with smtp.behaving(Manner.DROP):
        deliver(smtp)
    with smtp.away(), later(1):
        deliver(smtp)
    (row,) = rows()
    assert row.attempts == 1  # that nobody was there was none
    with later(10):
        assert deliver(smtp) == 1
    assert len(smtp.messages) == 1


def test_after_many_attempts_it_is_given_up_and_its_words_go(smtp: SmtpServer) -> None:
    put()
    begun = clock.now()
    with smtp.behaving(Manner.DEFER):
        for day in range(delivery.MOST_ATTEMPTS + 3):
            with clock.at(begun + timedelta(days=day)):
                deliver(smtp)
    (row,) = rows()
    assert row.attempts == smtp.attempts == delivery.MOST_ATTEMPTS
    assert row.failed_at is not None
    assert (row.subject, row.body, row.due_at) == (None, None, None)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (12, 20_480), (13, 21_600), (99, 21_600)]
)
def test_pauses_double_up_to_six_hours(attempts: int, seconds: int) -> None:
    assert delivery.pause(attempts) == timedelta(seconds=seconds)


class Killed(BaseException):
    """The worker's process ends."""


def test_a_worker_killed_with_a_batch_in_its_hands_loses_nothing(smtp: SmtpServer) -> None:
    for number in range(3):
        put(to=f"reader{number}@example.org")

    class KilledAtTheSecond(Server):
        def send(self, message: Message) -> None:
            if smtp.messages:
                raise Killed
            super().send(message)

    with pytest.raises(Killed):
        worker(KilledAtTheSecond(smtp.url, 5)).run()
    assert deliver(smtp) == 0  # the others are leased
    assert [row.attempts for row in rows()] == [1, 1, 0]
    with later(leases.LEASE.total_seconds() / 60 + 0.1):
        assert deliver(smtp) == 2
    assert sorted(str(message["To"]) for message in smtp.messages) == [
        f"reader{number}@example.org" for number in range(3)
    ]


def test_nothing_is_sent_for_an_act_that_was_rolled_back(smtp: SmtpServer) -> None:
    def broken_off() -> None:
        with write():
            services.enqueue(
                kind="code", to="ada@example.org", subject="x", body="x", language="en"
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert rows() == []
    assert deliver(smtp) == 0


def test_a_kind_that_nobody_declared_is_refused() -> None:
    with pytest.raises(UnknownKind, match="advertising"):
        put(kind="advertising")
    assert rows() == []


def test_a_subject_is_one_line_whatever_it_was_made_of(smtp: SmtpServer) -> None:
    put(subject="Hello\r\nBcc: all@example.org\n\n\tBody\x0b\x85x")
    deliver(smtp)
    (message,) = smtp.wait_for(1)
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: all@example.org Body x"
    assert smtp.to("all@example.org") == []


def test_a_letter_that_cannot_be_written_holds_up_no_other(smtp: SmtpServer) -> None:
    put(to="ada@example.org\nBcc: all@example.org")
    put(to="next@example.org")
    assert deliver(smtp) == 1
    assert [message["To"] for message in smtp.messages] == ["next@example.org"]
    assert [row.failed_at is not None for row in rows()] == [True, False]


def test_an_address_in_another_script_is_delivered_where_the_server_takes_it(
    smtp: SmtpServer,
) -> None:
    put(to="zoë@example.org")
    put(to="ada@münchen.example")
    assert deliver(smtp) == 2


def test_an_address_is_forgotten_with_all_its_letters_and_old_letters_go(
    smtp: SmtpServer,
) -> None:
    put(to="ada@example.org", person_id=uuid4())
    put(to="eve@example.org", person_id=uuid4())
    deliver(smtp)
    put(to="ada@example.org")
    with write():
        services.forget("ada@example.org")
    assert [row.to_address for row in rows()] == ["eve@example.org"]
    put(to="waits@example.org")
    with later(31 * 24 * 60), write():
        assert swept("letters") == 1
    assert [row.to_address for row in rows()] == ["waits@example.org"]


def test_in_development_letters_stay_on_a_page_of_this_machine_alone(
    app: Flask, client: Client
) -> None:
    put(body="Code <b>482 913</b>\nhttp://localhost/sign-in/link/x\n")
    assert worker(None).run() == 1
    page = client.get("/outbox").text
    assert "482 913 is your code" in page
    assert "&lt;b&gt;482 913" in page
    assert client.get("/outbox").headers["Cache-Control"] == "no-store"
    elsewhere = client.get("/outbox", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert elsewhere.status_code == 404


def test_the_code_reaches_a_real_mailbox_by_the_sign_in(
    app: Flask, client: Client, smtp: SmtpServer
) -> None:
    client.post("/sign-in", data={"email": "ada@example.org", "notice": "1"})
    assert deliver(smtp) == 1
    (message,) = smtp.wait_for(1)
    code = str(message["Subject"])[:7].replace(" ", "")
    assert len(code) == CODE_DIGITS
    assert client.post("/sign-in/code", data={"code": code}).location == "/sign-in/age"


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp://", "", "smtp:///x"]
)
def test_a_mail_server_has_an_address(url: str) -> None:
    with pytest.raises(ValueError, match="smtp"):
        sender(url)
