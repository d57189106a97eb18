"""A letter as bytes, as it leaves.

Written here and not by the email package, which takes longer for a message than the mail server
does. What goes into a header is one line of printable letters, or refused.
"""

import re
from binascii import b2a_qp
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache

from citizen_voice.db import AnyRow

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]+@[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]+")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
LONGEST = 76
LONGEST_URL = 900


@dataclass(frozen=True, slots=True)
class Message:
    """A message and its envelope. ``international``: an address has letters beyond ASCII."""

    source: str
    to: str
    international: bool
    content: bytes


def message(mail: AnyRow, sender: str, host: str) -> Message:
    """A letter as it leaves; its Message-ID is the same whenever it is sent.

    ``sender`` is the From address, ``host`` the right half of the message id. Raises ``ValueError``
    for what cannot be a header.
    """
    source, shown = _sender(sender)
    to = mail.to_address
    if not _ADDRESS.fullmatch(to):
        raise ValueError("To is not one address")
    head = [
        f"From: {shown}",
        f"To: {to}",
        f"Subject: {_subject(mail.subject)}",
        f"Date: {format_datetime(mail.created_at)}",
        f"Message-ID: <{mail.id}@{host}>",
        "Auto-Submitted: auto-generated",
        f"Content-Language: {mail.language}",
        "MIME-Version: 1.0",
    ]
    if mail.unsubscribe:
        head.append(f"List-Unsubscribe: <{_url(mail.unsubscribe)}>")
        head.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    plain = _part("plain", mail.body)
    if mail.html:
        mark = f"part-{mail.id.hex}"  # no line of quoted-printable begins so: = is always coded
        head.append(f'Content-Type: multipart/alternative; boundary="={mark}"')
        rich = _part("html", mail.html)
        lines = (b"--=%b" % mark.encode(), plain, b"--=%b" % mark.encode(), rich)
        body = b"\r\n" + b"\r\n".join(lines) + b"\r\n--=%b--\r\n" % mark.encode()
    else:
        body = plain
    return Message(
        source,
        to,
        not (source + to).isascii(),
        "\r\n".join(head).encode() + b"\r\n" + body,
    )


def _part(subtype: str, text: str) -> bytes:
    """The headers of a text, an empty line, the text: lines that any server takes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    coded = b2a_qp(lines.encode(), istext=True)
    return (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode() + coded.replace(b"\n", b"\r\n")


def _subject(text: str) -> str:
    if len(text) <= LONGEST - len("Subject: ") and _PRINTABLE.fullmatch(text) and "=?" not in text:
        return text
    return Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")


def _url(url: str) -> str:
    if len(url) > LONGEST_URL or not _PRINTABLE.fullmatch(url) or set(url) & set("<> "):
        raise ValueError("List-Unsubscribe is not an address")
    return url


@lru_cache(maxsize=4)
def _sender(text: str) -> tuple[str, str]:
    """The address of the envelope, and the header."""
    name, address = parseaddr(text)
    if not _ADDRESS.fullmatch(address) or any(ord(letter) < 32 for letter in text):
        raise ValueError("From is not one address")
    if not name:
        return address, address
    if address.isascii():
        return address, formataddr((name, address))
    return address, f"{Header(name, 'utf-8').encode()} <{address}>"
