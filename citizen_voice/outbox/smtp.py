"""Delivering messages to the council's mail server, over one connection while it lasts."""

import re
import smtplib
import ssl
from contextlib import suppress
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from citizen_voice.outbox.mime import Message

TIMEOUT = 20
GOING_AWAY = 421
_NO_SUCH = {550, 551, 553}
_ENHANCED = re.compile(r"\s*5\.(\d{1,3})\.\d{1,3}\b")


class Unreachable(OSError):
    """The server takes nothing at all now: away, hanging, or it does not let us in.

    Nothing of the message was handed over.
    """


class RefusedForGood(Exception):
    """The server will never take this message (a 5xx answer)."""


class AddressRefusedForGood(RefusedForGood):
    """It will never take any message for this address: there is no such mailbox."""


class Sender(Protocol):
    """What delivers messages."""

    def reach(self) -> None:
        """Have a connection; raises ``Unreachable``."""

    def send(self, message: Message) -> None:
        """Hand one message over.

        Raises ``Unreachable`` where nothing was handed over, ``RefusedForGood``, or an ``OSError``
        for what may go better later.
        """

    def close(self) -> None:
        """Let the connection go."""


def sender(url: str, *, timeout: float = TIMEOUT) -> "Server":
    """The mail server at an address.

    ``url`` is ``smtp://host:25``, ``smtp://user:password@host:587?starttls=yes`` or
    ``smtps://user:password@host:465``; ``timeout`` is how many seconds each answer may take.
    Raises ``ValueError`` for another address.
    """
    return Server(url, timeout)


class Server:
    """The council's mail server."""

    def __init__(self, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("the mail server's address should begin with smtp:// or smtps://")
        self._host = parts.hostname
        self._timeout = timeout
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (465 if self._tls else 25)
        options = parse_qs(parts.query)
        self._starttls = options.get("starttls", ["no"])[0] in ("yes", "true", "1")
        self._login = (unquote(parts.username or ""), unquote(parts.password or ""))
        self._line: smtplib.SMTP | None = None
        self._used = False

    def reach(self) -> None:
        """Have a connection; raises ``Unreachable``."""
        if self._line is not None:
            return
        try:
            self._line = self._connect()
        except (OSError, ValueError) as error:  # smtplib's exceptions are OSErrors, too
            raise Unreachable(_words(error)) from error
        self._used = False

    def send(self, message: Message) -> None:
        """Hand one message over; see ``Sender``."""
        line = self._begin(message.source, international=message.international)
        try:
            code, answer = line.rcpt(message.to)
            if code not in (250, 251):
                self._sort(code, answer, of_recipient=True)
            self._sort(*line.data(message.content))
        except smtplib.SMTPResponseException as error:  # DATA itself was refused
            self._sort(error.smtp_code, error.smtp_error)
        except OSError as error:
            if not isinstance(error, Deferred):
                self.close()
            raise

    def close(self) -> None:
        """Let the connection go; a server that does not answer is not waited for."""
        line, self._line = self._line, None
        if line is None:
            return
        with suppress(OSError):
            if line.sock is not None:
                line.sock.settimeout(min(self._timeout, 2))
                line.quit()
        line.close()

    def _connect(self) -> smtplib.SMTP:
        line: smtplib.SMTP
        if self._tls:
            context = ssl.create_default_context()
            line = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=context)
        else:
            line = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            if self._starttls:
                line.starttls(context=ssl.create_default_context())
            if self._login[0]:
                line.login(*self._login)
            else:
                line.ehlo_or_helo_if_needed()
        except BaseException:
            line.close()
            raise
        return line

    def _begin(self, source: str, *, international: bool) -> smtplib.SMTP:
        """Say who writes. A connection that ended since the message before is made anew, once."""
        self.reach()
        if self._used:
            with suppress(Unreachable):
                return self._mail(source, international=international)
            self.reach()
        return self._mail(source, international=international)

    def _mail(self, source: str, *, international: bool) -> smtplib.SMTP:
        line = self._line
        if line is None:
            raise Unreachable("no connection")
        options = []
        if international:
            if not line.has_extn("smtputf8"):
                raise RefusedForGood("the mail server takes no such letters in addresses")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        try:
            code, answer = line.mail(source, options)
        except OSError as error:
            self.close()
            raise Unreachable(_words(error)) from error
        if code == GOING_AWAY:
            self.close()
            raise Unreachable(_said(code, answer))
        self._used = True
        if code != 250:
            self._sort(code, answer)
        return line

    def _sort(self, code: int, answer: bytes | str, *, of_recipient: bool = False) -> None:
        """Raise what an answer means: 5xx is for good, every other refusal may go better later."""
        if code == 250:
            return
        self._start_over(code)
        said = _said(code, answer)
        if not 500 <= code < 600:
            raise Deferred(said)
        if of_recipient and _no_such_mailbox(code, answer):
            raise AddressRefusedForGood(said)
        raise RefusedForGood(said)

    def _start_over(self, code: int) -> None:
        """After a refusal: the connection is good for the next message, or let go."""
        try:
            if code != GOING_AWAY and self._line is not None and self._line.rset()[0] == 250:
                return
        except OSError:
            pass
        self.close()


class Deferred(OSError):
    """The server does not take this message now."""


def timed_out(error: BaseException | None) -> bool:
    """Whether it was silence that ended a connection; smtplib wraps that up."""
    while error is not None:
        if isinstance(error, TimeoutError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _no_such_mailbox(code: int, answer: bytes | str) -> bool:
    """Whether an answer is about the recipient, and not about us (relaying denied, a blocklist)."""
    enhanced = _ENHANCED.match(_text(answer))
    return enhanced[1] in ("1", "2") if enhanced else code in _NO_SUCH


def _said(code: int, answer: bytes | str) -> str:
    return f"{code} {' '.join(_text(answer).split())}"


def _text(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode("utf-8", "replace")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"
