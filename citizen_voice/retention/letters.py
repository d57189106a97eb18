"""The letter that retention sends, in the language that is in force."""

from datetime import date

from citizen_voice.accounts.letters import Letter
from citizen_voice.web.filters import long_date
from citizen_voice.words import _


def idle(ends: date, link: str, site_name: str) -> Letter:
    """Nobody has used an account for long: on which day it goes, and how it stays."""
    day = long_date(ends)
    parts = (
        _("Nobody has signed in to your account for a long time."),
        _("To keep it, sign in before %(day)s:", day=day) + f"\n{link}",
        _(
            "If you don’t, we delete the account on that day or soon after. Ideas and comments "
            "that you wrote stay, without your name. Your answers go."
        ),
        _("We do this because we don’t keep what nobody needs."),
        site_name,
    )
    subject = _("We delete your %(site)s account soon", site=site_name)
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")
