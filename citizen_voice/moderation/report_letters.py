"""Letters to somebody who reported a thing, in the language that is in force.

They hold no word of what was reported, or of the report: mailboxes are shared.
"""

from typing import NamedTuple

from citizen_voice.words import _


class Letter(NamedTuple):
    """Subject and text, ready to go."""

    subject: str
    body: str


def received(receipt: str, link: str, hours: int, site_name: str) -> Letter:
    """We have the report: its number, and where to follow it."""
    return _letter(
        _("We have your report to %(site)s", site=site_name),
        _("Thank you. We have your report, and a moderator will look at it."),
        _("We aim to look within %(hours)s hours.", hours=hours),
        _("Your number is: %(receipt)s", receipt=receipt),
        str(_("Here you can see where it stands:")) + "\n" + link,
        _("We use your address for this alone, and delete it 30 days after this is closed."),
        site_name,
    )


def decided(receipt: str, link: str, site_name: str) -> Letter:
    """Something was decided: what it is stands behind the link."""
    return _letter(
        _("We have looked at your report to %(site)s", site=site_name),
        _("A moderator has looked at your report %(receipt)s.", receipt=receipt),
        str(_("Here you can read what was decided:")) + "\n" + link,
        site_name,
    )


def changed(receipt: str, link: str, site_name: str) -> Letter:
    """What was decided holds no more."""
    return _letter(
        _("Your report to %(site)s: something changed", site=site_name),
        _("What was decided about your report %(receipt)s was taken back.", receipt=receipt),
        str(_("Here you can see where it stands:")) + "\n" + link,
        site_name,
    )


def _letter(subject: object, *parts: object) -> Letter:
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")
