"""Everything that we keep on a visitor's device (PECR reg. 6): the one manifest.

All of it is strictly necessary for what the person asked for, so there is no banner. The cookies
page is made from it, and a test finds nothing outside it.
"""

from dataclasses import dataclass

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
        _("Keeps what you typed, in this browser alone, so that it is there when you come back."),
        _("7 days, or until you send it, delete it or sign out"),
    ),
)
