"""The letter that says that a copy is ready. There is no word in it of what is in the copy."""

from datetime import datetime
from typing import NamedTuple

from flask import current_app

from citizen_voice.web.filters import long_date
from citizen_voice.words import _, language


class Letter(NamedTuple):
    """Subject and text, ready to go."""

    subject: str
    body: str


def ready(ends_at: datetime, site_name: str) -> Letter:
    """The copy is ready, and for how long, in the language that is in force."""
    prefix = "/cy" if language() == "cy" else ""
    link = f"{current_app.config['BASE_URL']}{prefix}/my-data/copy"
    parts = (
        _("The copy of your data that you asked for is ready."),
        str(_("Download it here:")) + "\n" + link,
        _(
            "You have to be signed in, and we send you a code first. You can download it until"
            " %(day)s. Then we delete it.",
            day=long_date(ends_at),
        ),
        _("If you did not ask for it, tell us at once: reply to this e-mail."),
        site_name,
    )
    return Letter(
        str(_("Your copy from %(site)s is ready", site=site_name)),
        "\n\n".join(str(part) for part in parts) + "\n",
    )
