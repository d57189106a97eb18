"""Everything that we keep on a visitor's device (PECR reg. 6): the one manifest.

All of it is strictly necessary for what the person asked for, so there is no banner. The cookies
page is made from it, and a test finds nothing outside it.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from flask import current_app

from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Stored:
    """One thing on the device: its name, what it is for, and how long it stays."""

    name: str
    purpose: object
    how_long: object


PENDING = "pending"
SESSION = "session"
DRAFTS = "drafts"

MANIFEST = (
    Stored(
        PENDING,
        _("Remembers what you were doing while you sign in, and ties your code to this browser."),
        _("24 hours, or until you have signed in"),
    ),
    Stored(
        SESSION,
        _("Keeps you signed in."),
        _("90 days; on a shared computer until you close the browser, 12 hours at most"),
    ),
    Stored(
        DRAFTS,
        _(
            "Keeps what you typed, in this browser alone, so that it is there when you come back."
            " If you are signed in, a mark that only this site understands goes with it, so that it"
            " is offered to you alone."
        ),
        _(
            "7 days, or until you send it, delete it or sign out; on a shared computer until you"
            " close the tab"
        ),
    ),
)


def mark_of(person_id: UUID) -> str:
    """Whose something on a device is: the same for a person on this site, nothing to anybody else.

    A script puts it beside what they typed, so that it is offered to them alone.
    """
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"device:" + person_id.bytes, hashlib.sha256).hexdigest()[:16]
