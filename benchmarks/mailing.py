"""Letters a second through the outbox, held against a bare SMTP loop with the same letters."""

import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from benchmarks.drive import Failed
from citizen_voice.cli import schema
from citizen_voice.db import db, write
from citizen_voice.outbox import services
from citizen_voice.outbox.delivery import Delivery
from citizen_voice.outbox.mime import message
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.outbox.smtp import sender
from tests.servers.processes import free_port

LETTERS = 500
FROM, HOST = "Voice <voice@example.org>", "example.org"
WORDS = (
    "The council has replied to an idea that you support: it begins a trial in the spring. "
    "It runs for three months, and what it is measured by stands on its page.\n\n"
) * 4


def measure(app: Flask, rounds: int, letters: int = LETTERS) -> dict[str, Any]:
    """Letters a second, so many of them a round: by a worker's delivery, and by a bare loop.

    Raises ``Failed`` where a letter did not leave.
    """
    schema.bring_up_to_date(app)
    outbox, bare = [], []
    with _server() as port:
        worker = Delivery(sender(f"smtp://127.0.0.1:{port}"), FROM, HOST)
        for _ in range(rounds):
            messages = _put(letters)
            bare.append(letters / _bare(port, messages))
            begun = time.perf_counter()
            delivered = worker.run()
            outbox.append(letters / (time.perf_counter() - begun))
            if delivered != letters:
                raise Failed(f"{delivered} of {letters} letters left")
    return {"outbox": outbox, "bare": bare}


def _put(letters: int) -> Sequence[EmailMessage]:
    """Letters into an empty outbox; gives the same as messages."""
    with write():
        db.session.execute(delete(OutboxMail))
        for number in range(letters):
            services.enqueue(
                kind="news",
                to=f"reader{number}@example.org",
                subject="An idea that you support becomes a trial",
                body=WORDS,
                html=f"<p>{WORDS}</p>",
                unsubscribe=f"https://voice.example.org/news/stop/{number}",
                language="en",
            )
    rows = db.session.execute(select(*OutboxMail.__table__.columns)).all()
    db.session.rollback()
    return [
        message_from_bytes(message(row, FROM, HOST).content, policy=policy.default) for row in rows
    ]


def _bare(port: int, messages: Sequence[EmailMessage]) -> float:
    """Seconds of a loop over one connection."""
    begun = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            server.send_message(message)
    return time.perf_counter() - begun


@contextmanager
def _server() -> Iterator[int]:
    """An SMTP server in a process of its own that takes everything and keeps nothing."""
    port = free_port()
    sink = ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    with subprocess.Popen([sys.executable, *sink], stderr=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield port
        finally:
            process.kill()


def _await(port: int) -> None:
    give_up = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > give_up:
                raise Failed("the SMTP server did not start") from None
            time.sleep(0.05)
        else:
            return
