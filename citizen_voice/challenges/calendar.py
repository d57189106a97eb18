"""The closing day of a challenge as an entry for calendars (iCalendar, RFC 5545)."""

import unicodedata
from datetime import date, datetime, timedelta

LINE = 75
"""Octets of a line; longer ones go on in the next, after a space."""
REMINDER = "-PT15H"
"""Before the day begins: nine in the morning of the day before."""


def closing_day(
    *, uid: str, day: date, now: datetime, summary: str, description: str, url: str
) -> bytes:
    """An all-day entry, with a reminder the day before.

    ``uid`` names the entry for good, so that taking it again moves it and adds no second one;
    ``now`` (UTC) is when this was said. The words are text without any escaping.
    """
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Citizen Voice//closing day//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{_text(uid)}",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(description)}",
        f"URL:{url}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(summary)}",
        f"TRIGGER:{REMINDER}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    words = words.replace("\n", "\\n")
    return "".join(letter for letter in words if unicodedata.category(letter) not in ("Cc", "Cs"))


def _folded(line: str) -> bytes:
    """A line with its end, folded between letters."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
