"""A letter of news, as text and as HTML, in the language that is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from citizen_voice.accounts.models import Person
from citizen_voice.news.lines import Told, told
from citizen_voice.news.tokens import token_of
from citizen_voice.site import queries as site
from citizen_voice.web.filters import day_month, long_date, say
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.templates import environment
from citizen_voice.words import _, language

MOST = 20
"""So many things are told of in a letter; the rest is a link."""
WHY = _("You get this because you suggested, backed, talked about or follow what it is about.")


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to go. ``unsubscribe`` is the whole address that ends such letters, if one may."""

    subject: str
    body: str
    html: str
    unsubscribe: str | None


def frame(subject: str) -> dict[str, Any]:
    """What stands around every letter; ``foot`` as text."""
    settings = site.settings()
    name, council = say(settings, "name").text, say(settings, "council").text
    contact, email = say(settings, "contact_address").text, settings.contact_email
    return {
        "subject": subject,
        "base": current_app.config["BASE_URL"],
        "locale": language(),
        "site_name": name,
        "council": council,
        "contact": contact,
        "email": email,
        "foot": "\n".join(line for line in (name, council, contact, email) if line),
    }


def news(rows: Sequence[Any], person: Person) -> Letter:
    """All that is due to somebody: ``rows`` are theirs of ``queries.due``.

    Nobody's title is in the subject: phones are shared.
    """
    given = frame(str(_("News of what you took part in")))
    here = given["base"] + (PREFIX if language() == "cy" else "")
    unsubscribe = f"{here}/unsubscribe/{token_of(person.id)}"
    items = told(rows, person.age_band)
    given |= {
        "items": items[:MOST],
        "more": len(items) - MOST,
        "thanks": any(item.thanks or item.celebrates for item in items[:MOST]),
        "news_url": f"{here}/news",
        "unsubscribe": unsubscribe,
        "why": str(WHY),
    }
    html = environment().get_template("mail/news.html").render(given)
    return Letter(given["subject"], _text(given), html, unsubscribe)


def _text(given: dict[str, Any]) -> str:
    parts = [_item(item, given["base"]) for item in given["items"]]
    if given["more"] > 0:
        parts.append(str(_("There is more: %(number)s.", number=given["more"])))
    if given["thanks"]:
        parts.append(str(_("Thank you for taking part.")))
    parts.append(f"{_('All your news')}:\n{given['news_url']}")
    stop = _("Choose how you hear, or stop these e-mails")
    parts.append(f"{given['why']}\n{stop}:\n{given['unsubscribe']}")
    parts.append(given["foot"])
    return "\n\n".join(parts) + "\n"


def _item(item: Told, base: str) -> str:
    lines = [item.headline]
    if item.public_title:
        lines.append(item.public_title)
    lines += [words.text for words in item.line.words]
    if item.line.next_on:
        lines.append(str(_("You hear more by %(day)s.", day=day_month(item.line.next_on))))
    if item.origin:
        lines.append(item.origin)
    lines += [f"{long_date(line.at)}: {line.short}" for line in item.earlier]
    if item.path:
        lines.append(base + item.path)
    return "\n".join(lines)
