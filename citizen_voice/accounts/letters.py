"""The letters that accounts send, in the language that is in force."""

from typing import NamedTuple

from citizen_voice.words import _


class Letter(NamedTuple):
    """Subject and text, ready to go."""

    subject: str
    body: str


def code(
    digits: str, link: str, site_name: str, *, changing: bool, proving: bool = False
) -> Letter:
    """The code to sign in with, to confirm a new address with, or to prove once more who one is.

    No word of what it is for.
    """
    spaced = f"{digits[:3]} {digits[3:]}"
    wish = (
        _("You asked to use this address for your account.")
        if changing
        else _("You asked to sign in.")
    )
    if proving:
        wish = _("You asked for a code, to show that it is you.")
    parts = (
        str(wish),
        str(_("Your code is: %(code)s", code=spaced)),
        str(_("It works for 10 minutes, once, in the browser where you asked for it.")),
        str(_("Or open this link in that browser:")) + "\n" + link,
        str(_("If you did not ask for it, you need do nothing. Nobody can sign in without it.")),
        site_name,
    )
    subject = str(_("%(code)s is your %(site)s code", code=spaced, site=site_name))
    return Letter(subject, "\n\n".join(parts) + "\n")


def address_changed(site_name: str) -> Letter:
    """To the old address, when an account moved to another."""
    parts = (
        str(_("Your account now uses another e-mail address.")),
        str(_("If that was not you, tell us at once: reply to this e-mail.")),
        site_name,
    )
    return Letter(
        str(_("Your %(site)s address was changed", site=site_name)), "\n\n".join(parts) + "\n"
    )
