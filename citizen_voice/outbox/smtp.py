"""Delivering one message to the council's mail server."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

Sender = Callable[[EmailMessage], None]
TIMEOUT = 20


class RefusedForGood(Exception):
    """The server will never take this message (a 5xx answer)."""


def sender(url: str) -> Sender:
    """A function that delivers a message.

    ``url`` is ``smtp://host:25``, ``smtp://user:password@host:587?starttls=yes`` or
    ``smtps://user:password@host:465``. The function raises ``RefusedForGood``, or an ``OSError``
    for what may go better later.
    """
    parts = urlsplit(url)
    starttls = parse_qs(parts.query).get("starttls", ["no"])[0] in ("yes", "true", "1")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("the mail server's address should begin with smtp:// or smtps://")
    host = parts.hostname
    port = parts.port or (465 if parts.scheme == "smtps" else 25)

    def send(message: EmailMessage) -> None:
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            context = ssl.create_default_context()
            server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT)
        with server:
            if starttls:
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            try:
                server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                code, answer = next(iter(error.recipients.values()))
                _sort(error, code, answer)
            except smtplib.SMTPResponseException as error:
                _sort(error, error.smtp_code, error.smtp_error)

    return send


def _sort(error: OSError, code: int, answer: bytes | str) -> None:
    """Raise what the answer means: 5xx is for good, everything else may go better later."""
    if 500 <= code < 600:
        said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        raise RefusedForGood(f"{code} {said}") from error
    raise error
