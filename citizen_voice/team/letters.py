"""The letters that colleagues get, in the language that is in force."""

from collections.abc import Iterable

from citizen_voice.accounts.letters import Letter
from citizen_voice.team.names import ROLE_NAMES
from citizen_voice.words import _


def invitation(link: str, site_name: str, roles: Iterable[str]) -> Letter:
    """To somebody who is to become a colleague."""
    names = ", ".join(str(ROLE_NAMES[role]) for role in roles)
    return _letter(
        _("You are invited to work on %(site)s", site=site_name),
        _("You are invited to work on %(site)s as: %(roles)s.", site=site_name, roles=names),
        _("Open this link to choose a password and set up your phone:"),
        link,
        site_name,
        _("If you did not expect this, you need do nothing."),
    )


def renewal(link: str, site_name: str) -> Letter:
    """To a colleague who lost the device or the password."""
    return _letter(
        _("Set up your staff sign-in for %(site)s again", site=site_name),
        _("An administrator asked us to help you sign in again."),
        _("Open this link to set up what you have lost:"),
        link,
        site_name,
        _("If you have lost nothing, tell an administrator at once."),
    )


def device_changed(site_name: str) -> Letter:
    """To a colleague whose password or device is another one now."""
    subject = _("Your staff sign-in for %(site)s was changed", site=site_name)
    parts = (
        _("The password or the device that you sign in with as staff was changed."),
        _("If that was not you, tell an administrator at once."),
        site_name,
    )
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")


def _letter(
    subject: object, why: object, what: object, link: str, site_name: str, unless: object
) -> Letter:
    parts = (
        why,
        f"{what}\n{link}",
        _("It works once, for 7 days. Please don’t pass it on."),
        unless,
        site_name,
    )
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")
