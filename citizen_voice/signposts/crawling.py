"""What is said to programs that read the whole site, and to who finds a fault in it."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from citizen_voice import clock
from citizen_voice.web import locale

PRIVATE = (
    "/staff",
    "/sign-in",
    "/me$",
    "/me/",
    "/my-data",
    "/drafts",
    "/news",
    "/decisions",
    "/report",
    "/left",
    "/letters/",
    "/unsubscribe/",
    "/outbox",
)
"""What is about one person, or for who is signed in: how its addresses begin (RFC 9309)."""

FORMS = (
    "/ideas/new",
    "/ideas/alike",
    "/ideas/*/edit",
    "/ideas/*/withdraw",
    "/comments/*/edit",
    "/challenges/*/suggest",
    "/challenges/*/next",
    "/privacy/ask",
    "/privacy/complain",
)
"""What is there to be filled in."""

EXPIRES_AFTER = timedelta(days=180)


def robots(sitemap: str, *, welsh: bool) -> str:
    """``robots.txt``: all pages that are for everybody may be read, and where they are listed."""
    prefixes = ("", locale.PREFIX) if welsh else ("",)
    kept_out = [f"Disallow: {prefix}{path}" for prefix in prefixes for path in (*PRIVATE, *FORMS)]
    return "\n".join(["User-agent: *", *kept_out, "", f"Sitemap: {sitemap}", ""])


def security(settings: Any, address: str) -> str | None:
    """``security.txt`` (RFC 9116) at an address; ``None`` where the council names no contact."""
    number = dialled(settings.contact_phone)
    contacts = [f"mailto:{quote(settings.contact_email, safe='@+')}"] * bool(settings.contact_email)
    contacts += [f"tel:{number}"] * bool(number)
    if not contacts:
        return None
    ends = datetime.combine(clock.now().date(), time.min, UTC) + EXPIRES_AFTER
    return "\n".join(
        [
            *(f"Contact: {contact}" for contact in contacts),
            f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {'en, cy' if settings.welsh_on else 'en'}",
            f"Canonical: {address}",
            "",
        ]
    )


def dialled(number: str) -> str:
    """A phone number as it is dialled from anywhere (RFC 3966); empty where it is none such."""
    figures = re.sub(r"[^0-9+]", "", number.replace("(0)", ""))
    for begins, instead in (("+", "+"), ("00", "+"), ("0", "+44")):
        if figures.startswith(begins) and figures[len(begins) :].isdigit():
            return instead + figures[len(begins) :]
    return ""
