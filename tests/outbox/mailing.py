"""Letters put into the outbox, and what a worker does about them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import AnyRow, db, write
from citizen_voice.outbox import services
from citizen_voice.outbox.delivery import Delivery
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.outbox.smtp import Server, sender
from tests.servers.smtp import SmtpServer

FROM = "voice@council.example"


def put(to: str = "ada@example.org", subject: str = "482 913 is your code", **values: Any) -> None:
    """Put a letter into the outbox."""
    described: dict[str, Any] = {
        "kind": "code",
        "body": "Your code is: 482 913\n",
        "language": "en",
    }
    with write():
        services.enqueue(to=to, subject=subject, **(described | values))


def deliver(server: SmtpServer) -> int:
    """What the worker does."""
    return worker(sender(server.url)).run()


def worker(server: Server | None) -> Delivery:
    """What delivers in a worker."""
    return Delivery(server, FROM, "council.example")


def rows() -> list[AnyRow]:
    """All letters, the oldest first."""
    db.session.rollback()
    return list(db.session.execute(select(*OutboxMail.__table__.columns).order_by(OutboxMail.id)))


@contextmanager
def later(minutes: float) -> Iterator[None]:
    """So many minutes from now."""
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        yield
