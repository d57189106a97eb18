"""A newsletter as it leaves, in the language that is in force."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app

from citizen_voice.consent.models import NEWSLETTER
from citizen_voice.consent.tokens import token_of
from citizen_voice.site import queries as site
from citizen_voice.web.filters import say
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.templates import environment
from citizen_voice.words import _, language

WHY = _("You get this because you said yes to our newsletter.")


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to go. ``unsubscribe`` is the whole address that ends such letters."""

    subject: str
    body: str
    html: str
    unsubscribe: str


def newsletter(row: Any, person_id: UUID) -> Letter:
    """A newsletter to somebody; in English where it has no Welsh."""
    settings = site.settings()
    base = current_app.config["BASE_URL"]
    here = base + (PREFIX if language() == "cy" else "")
    stop = f"{here}/letters/{token_of(person_id, NEWSLETTER)}"
    subject, words = say(row, "subject").text, say(row, "text").text
    name, council = say(settings, "name").text, say(settings, "council").text
    contact, email = say(settings, "contact_address").text, settings.contact_email
    foot = "\n".join(line for line in (name, council, contact, email) if line)
    stopping = f"{WHY}\n{_('Choose how you hear, or stop these e-mails')}:\n{stop}"
    html = (
        environment()
        .get_template("mail/newsletter.html")
        .render(
            subject=subject,
            words=words,
            base=base,
            locale=language(),
            site_name=name,
            council=council,
            contact=contact,
            email=email,
            why=str(WHY),
            unsubscribe=stop,
        )
    )
    return Letter(subject, f"{words}\n\n{stopping}\n\n{foot}\n", html, stop)
