"""What leaves first, how fast, and what the switch holds back."""

import socket
from datetime import timedelta
from uuid import uuid4

import pytest

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.outbox import leases, services
from citizen_voice.outbox.mime import Message
from citizen_voice.outbox.smtp import Server
from tests.outbox.mailing import deliver, later, put, rows, worker
from tests.servers.smtp import Manner, SmtpServer

pytestmark = pytest.mark.usefixtures("app")


def limit(number: int) -> None:
    """As many letters in a minute."""
    with write():
        services.limit(str(number))


def sent(server: SmtpServer) -> list[str]:
    """To whom letters came, in their order."""
    return [str(message["To"]).partition("@")[0] for message in server.messages]


def test_codes_go_first_then_letters_then_news(smtp: SmtpServer) -> None:
    put(to="news@example.org", kind="news")
    put(to="letter@example.org", kind="report")
    put(to="code@example.org", kind="code")
    put(to="later@example.org", kind="code")
    deliver(smtp)
    assert sent(smtp) == ["code", "later", "letter", "news"]


def test_a_code_that_is_asked_for_during_a_run_of_news_is_the_next_to_leave(
    smtp: SmtpServer,
) -> None:
    class AskedForOnTheWay(Server):
        def send(self, message: Message) -> None:
            super().send(message)
            if len(smtp.messages) == 3:
                put(to="code@example.org")

    for number in range(leases.BATCH):
        put(to=f"reader{number}@example.org", kind="news")
    assert worker(AskedForOnTheWay(smtp.url, 5)).run() == leases.BATCH + 1
    assert sent(smtp)[3] == "code"
    assert sent(smtp)[4:] == [f"reader{number}" for number in range(3, leases.BATCH)]
    assert {row.attempts for row in rows()} == {1}


def test_one_connection_serves_them_all(smtp: SmtpServer) -> None:
    for number in range(2 * leases.BATCH + 1):
        put(to=f"reader{number}@example.org", kind="news")
    deliver(smtp)
    assert len(smtp.messages) == 2 * leases.BATCH + 1
    assert smtp.connections == 1


def test_a_refusal_costs_no_connection_and_an_ended_one_is_made_anew(smtp: SmtpServer) -> None:
    smtp.refused["gone@example.org"] = "550 5.1.1 No such mailbox"
    smtp.refused["full@example.org"] = "452 4.2.2 Mailbox full"
    for name in ("gone", "full", "ada"):
        put(to=f"{name}@example.org")

    class Ended(Server):
        def send(self, message: Message) -> None:
            super().send(message)
            assert self._line is not None
            assert self._line.sock is not None
            self._line.sock.shutdown(socket.SHUT_RDWR)

    assert deliver(smtp) == 1
    assert (sent(smtp), smtp.connections) == (["ada"], 1)
    for name in ("bob", "cat"):
        put(to=f"{name}@example.org")
    assert worker(Ended(smtp.url, 5)).run() == 2
    assert (sent(smtp), smtp.connections) == (["ada", "bob", "cat"], 3)
    assert [row.attempts for row in rows()] == [1] * 5


def test_no_more_leave_in_a_minute_than_the_limit_and_codes_leave_all_the_same(
    smtp: SmtpServer,
) -> None:
    limit(5)
    for number in range(8):
        put(to=f"reader{number}@example.org", kind="news")
    begun = clock.now()
    assert deliver(smtp) == 5
    assert deliver(smtp) == 0
    put(to="code@example.org")
    assert deliver(smtp) == 1
    with clock.at(begun + timedelta(seconds=50)):
        assert deliver(smtp) == 0
    with later(1.1):
        assert deliver(smtp) == 3
    assert len(smtp.messages) == 9
    assert {row.attempts for row in rows()} == {1}


def test_the_worker_comes_back_when_the_minute_is_over(smtp: SmtpServer) -> None:
    limit(2)
    for number in range(3):
        put(to=f"reader{number}@example.org", kind="news")
    mine = worker(Server(smtp.url, 5))
    mine.run()
    wanted = mine.next_run()
    assert wanted is not None
    assert timedelta(seconds=55) < wanted - clock.now() <= timedelta(minutes=1)
    with clock.at(wanted + timedelta(seconds=1)):
        assert mine.run() == 1
        assert mine.next_run() is None


def test_codes_count_for_the_limit_of_others(smtp: SmtpServer) -> None:
    limit(3)
    for number in range(5):
        put(to=f"code{number}@example.org")
        put(to=f"reader{number}@example.org", kind="news")
    assert deliver(smtp) == 5
    assert all(name.startswith("code") for name in sent(smtp))


def test_while_mail_is_stopped_codes_alone_leave_and_nothing_is_lost(smtp: SmtpServer) -> None:
    with write():
        services.stop(uuid4())
    for kind in ("news", "report", "code"):
        put(to=f"{kind}@example.org", kind=kind)
    assert deliver(smtp) == 1
    assert sent(smtp) == ["code"]
    assert worker(Server(smtp.url, 5)).next_run() is None
    with later(24 * 60):
        assert deliver(smtp) == 0
    with write():
        services.start()
    assert deliver(smtp) == 2
    assert sent(smtp) == ["code", "report", "news"]


def test_stopping_in_the_middle_of_a_run_stops_before_the_next_letter(smtp: SmtpServer) -> None:
    class StoppedOnTheWay(Server):
        def send(self, message: Message) -> None:
            super().send(message)
            if len(smtp.messages) == 2:
                with write():
                    services.stop(uuid4())

    for number in range(5):
        put(to=f"reader{number}@example.org", kind="news")
    assert worker(StoppedOnTheWay(smtp.url, 5)).run() == 2
    assert len(smtp.messages) == 2
    assert sorted(row.attempts for row in rows()) == [0, 0, 0, 1, 1]


def test_stopping_or_starting_twice_is_a_conflict(app: object) -> None:
    with write():
        services.stop(uuid4())
    with pytest.raises(Refusal), write():
        services.stop(uuid4())
    with write():
        services.start()
    with pytest.raises(Refusal), write():
        services.start()


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "100001", "9" * 30, "٣"])
def test_a_limit_is_a_whole_number(text: str) -> None:
    with pytest.raises(Refusal), write():
        services.limit(text)


def test_a_server_that_is_away_costs_no_attempts_and_is_asked_less_and_less(
    smtp: SmtpServer,
) -> None:
    for number in range(30):
        put(to=f"reader{number}@example.org", kind="news")
    mine = worker(Server(smtp.url, 1))
    now, pauses = clock.now(), []
    with smtp.away():
        for _ in range(6):
            with clock.at(now):
                assert mine.run() == 0
                wanted = mine.next_run()
            assert wanted is not None
            pauses.append((wanted - now).total_seconds())
            now = wanted
    assert pauses == [10, 20, 40, 80, 120, 120]
    assert {row.attempts for row in rows()} == {0}
    with clock.at(now):
        assert mine.run() == 30


def test_two_letters_with_html_and_one_click_have_their_headers_and_parts(
    smtp: SmtpServer,
) -> None:
    put(
        kind="news",
        body="Plain words\n",
        html="<p>Rich <b>words</b></p>",
        unsubscribe="https://voice.example.org/stop/abc",
        language="cy",
    )
    with smtp.behaving(Manner.LOSE):
        deliver(smtp)
    with later(1):
        deliver(smtp)
    first, second = smtp.wait_for(2)
    for message in (first, second):
        assert message["List-Unsubscribe"] == "<https://voice.example.org/stop/abc>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Content-Language"] == "cy"
        assert message.get_content_type() == "multipart/alternative"
        plain, rich = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None
        assert plain.get_content().strip() == "Plain words"
        assert rich is not None
        assert rich.get_content().strip() == "<p>Rich <b>words</b></p>"
    assert first["Message-ID"] == second["Message-ID"]
    (row,) = rows()
    assert (row.html, row.unsubscribe, row.body) == (None, None, None)
