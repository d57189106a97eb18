"""Letters whose reader moved or wants no more of them, while a worker has them in hand."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from citizen_voice.db import write
from citizen_voice.outbox import leases, services
from citizen_voice.outbox.mime import Message
from citizen_voice.outbox.smtp import Server
from tests.outbox.mailing import deliver, later, put, rows, worker
from tests.servers.smtp import Manner, SmtpServer

pytestmark = pytest.mark.usefixtures("app")


def two(whose: UUID) -> None:
    """A letter to somebody else, and one to them."""
    put(to="first@example.org", kind="news")
    put(to="old@example.org", kind="news", person_id=whose)


def meanwhile(smtp: SmtpServer, act: Callable[[], None]) -> int:
    """A worker sends the first letter; before it begins the second, something happens."""

    class Meanwhile(Server):
        def send(self, message: Message) -> None:
            super().send(message)
            if len(smtp.messages) == 1:
                with write():
                    act()

    return worker(Meanwhile(smtp.url, 5)).run()


def test_a_letter_in_hand_goes_to_the_new_address_alone(smtp: SmtpServer) -> None:
    whose = uuid4()
    two(whose)
    assert meanwhile(smtp, lambda: services.follow(whose, "new@example.org")) == 1
    with later(leases.LEASE.total_seconds() / 60 + 0.1):
        assert deliver(smtp) == 1
    assert [message["To"] for message in smtp.messages] == ["first@example.org", "new@example.org"]


def test_a_letter_in_hand_that_is_withdrawn_does_not_leave(smtp: SmtpServer) -> None:
    whose = uuid4()
    two(whose)
    assert meanwhile(smtp, lambda: services.withdraw(whose, "news")) == 1
    with later(10):
        assert deliver(smtp) == 0
    assert [(row.person_id, row.sent_at is not None) for row in rows()] == [(None, True)]
    assert [message["To"] for message in smtp.messages] == ["first@example.org"]


def test_what_was_sent_stays_where_it_was_sent_and_others_letters_stay(smtp: SmtpServer) -> None:
    whose, other = uuid4(), uuid4()
    put(to="old@example.org", kind="news", person_id=whose)
    deliver(smtp)
    put(to="other@example.org", kind="news", person_id=other)
    put(to="old@example.org", kind="address")
    put(to="old@example.org", kind="decision", person_id=whose)
    with smtp.behaving(Manner.REFUSE):
        deliver(smtp)
    with write():
        services.follow(whose, "new@example.org")
        services.withdraw(whose, "news")
    found = [(row.kind, row.to_address) for row in rows()]
    assert found == [
        ("news", "old@example.org"),
        ("news", "other@example.org"),
        ("address", "old@example.org"),
        ("decision", "new@example.org"),
    ]
