"""A real SMTP server on loopback that keeps what it receives and can be made to misbehave."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.processes import free_port


class Manner(Enum):
    """How the server treats a message once it has read it."""

    ACCEPT = "250 OK"
    REFUSE = "550 5.1.1 No such mailbox here"
    DEFER = "451 4.7.1 Please try again later"
    DROP = "close the connection without a word"
    CUT = "close the connection in the middle of the message"
    LOSE = "keep the message, and close the connection before saying so"


class SmtpServer:
    """An SMTP server: `with SmtpServer() as smtp: …`.

    `messages` holds what was accepted, in the order of arrival; `attempts` counts all that came.
    `connections` counts who called. `refused` has what to say to a recipient's address instead of
    yes. Each message carries the envelope's recipients in `X-Envelope-To`.
    """

    def __init__(self) -> None:
        """Prepare a server that accepts everything; entering the context starts it."""
        self.messages: list[EmailMessage] = []
        self.attempts = 0
        self.connections = 0
        self.refused: dict[str, str] = {}
        self._manner = Manner.ACCEPT
        self._seconds = 0.0
        self._arrival = threading.Condition()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """The server's address: `smtp://127.0.0.1:port`. It stays the same while it is away."""
        assert self._controller is not None, "start the server first"
        return f"smtp://127.0.0.1:{self._controller.port}"

    @contextmanager
    def behaving(self, manner: Manner = Manner.ACCEPT, *, seconds: float = 0) -> Iterator[None]:
        """Treat messages in this manner inside the block, answering after so many seconds."""
        before = self._manner, self._seconds
        self._manner, self._seconds = manner, seconds
        try:
            yield
        finally:
            self._manner, self._seconds = before

    @contextmanager
    def away(self) -> Iterator[None]:
        """Listen no more inside the block, so that connections are refused; then come back."""
        assert self._controller is not None, "start the server first"
        port = self._controller.port
        self._controller.stop()
        try:
            yield
        finally:
            self._controller = self._listen(port)

    def wait_for(self, count: int, seconds: float = 10) -> list[EmailMessage]:
        """Wait until so many messages have been accepted and give them all.

        Raises AssertionError when they do not come in time.
        """
        give_up = time.monotonic() + seconds
        with self._arrival:
            while len(self.messages) < count:
                left = give_up - time.monotonic()
                if left <= 0 or not self._arrival.wait(left):
                    raise AssertionError(
                        f"{len(self.messages)} of {count} messages came within {seconds} s"
                        f" ({self.attempts} attempts)"
                    )
            return list(self.messages)

    def to(self, address: str) -> list[EmailMessage]:
        """Give the accepted messages whose envelope names this recipient."""
        with self._arrival:
            return [
                message
                for message in self.messages
                if address in message.get_all("X-Envelope-To", [])
            ]

    def clear(self) -> None:
        """Forget what came so far."""
        with self._arrival:
            self.messages.clear()
            self.attempts = 0

    def __enter__(self) -> Self:
        self._controller = self._listen(None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._controller is not None
        self._controller.stop()

    def _listen(self, port: int | None) -> Controller:
        """Start to listen, on this port or, without one, on any that is free."""
        for attempt in range(10):
            controller = _Controller(
                _Handler(self),
                hostname="127.0.0.1",
                port=port or free_port(),
                enable_SMTPUTF8=True,
            )
            try:
                controller.start()
            except OSError:
                if attempt == 9:
                    raise
                time.sleep(0.1 if port else 0)
            else:
                return controller
        raise AssertionError("not reached")

    async def _receive(self, server: SMTP, envelope: Envelope) -> str:
        """Keep or refuse one message, in aiosmtpd's thread, and give the answer."""
        manner = self._manner
        if self._seconds:
            await asyncio.sleep(self._seconds)
        message = message_from_bytes(_content(envelope), policy=policy.default)
        assert isinstance(message, EmailMessage)
        for recipient in envelope.rcpt_tos:
            message.add_header("X-Envelope-To", recipient)
        with self._arrival:
            self.attempts += 1
            if manner in (Manner.ACCEPT, Manner.LOSE):
                self.messages.append(message)
            self._arrival.notify_all()
        if manner in (Manner.DROP, Manner.LOSE):
            transport: Any = server.transport
            transport.abort()
        return manner.value


class _Handler:
    """What aiosmtpd calls. Apart from SmtpServer because aiosmtpd reads every attribute of it."""

    def __init__(self, server: SmtpServer) -> None:
        self._of = server

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, said: list[str]
    ) -> list[str]:
        self._of.connections += 1
        session.host_name = hostname
        return said

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refused = self._of.refused.get(address)
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return await self._of._receive(server, envelope)


class _Protocol(SMTP):
    """A server that can break off while it reads a message."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        """Read a message, or its first line alone."""
        if self.event_handler._of._manner is not Manner.CUT:
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go on")
        await self._reader.readline()
        transport: Any = self.transport
        transport.abort()


class _Controller(Controller):
    def factory(self) -> SMTP:
        """A server for one connection."""
        return _Protocol(self.handler, **self.SMTP_kwargs)


def _content(envelope: Envelope) -> bytes:
    content = envelope.original_content
    assert content is not None
    return content
