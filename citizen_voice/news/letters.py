"""A letter of news, as text and as HTML, in the language that is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app

from citizen_voice.news.lines import Told, told
from citizen_voice.news.tokens import token_of
from citizen_voice.site import queries as site
from citizen_voice.web.filters import day_month, long_date, say
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.templates import environment
from citizen_voice.words import _, language

MOST = 20
"""So many things are told of in a letter; the rest is a link."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to go. ``unsubscribe`` is the whole address that ends such letters."""

    subject: str
    body: str
    html: str
    unsubscribe: str


def news(rows: Sequence[Any], person_id: UUID, age_band: str | None) -> Letter:
    """All that is due to somebody: ``rows`` are theirs of ``queries.due``.

    Nobody's title is in the subject: phones are shared.
    """
    base: str = current_app.config["BASE_URL"]
    here = base + (PREFIX if language() == "cy" else "")
    unsubscribe = f"{here}/unsubscribe/{token_of(person_id)}"
    settings = site.settings()
    items = told(rows, age_band)
    subject = str(_("News of what you took part in"))
    given = {
        "subject": subject,
        "items": items[:MOST],
        "more": len(items) - MOST,
        "thanks": any(item.thanks or item.celebrates for item in items[:MOST]),
        "base": base,
        "news_url": f"{here}/news",
        "unsubscribe": unsubscribe,
        "site_name": say(settings, "name").text,
        "council": say(settings, "council").text,
        "contact": say(settings, "contact_address").text,
        "email": settings.contact_email,
        "locale": language(),
    }
    html = environment().get_template("mail/news.html").render(given)
    return Letter(subject, _text(given), html, unsubscribe)


def _text(given: dict[str, Any]) -> str:
    parts = [_item(item, given["base"]) for item in given["items"]]
    if given["more"] > 0:
        parts.append(str(_("There is more: %(number)s.", number=given["more"])))
    if given["thanks"]:
        parts.append(str(_("Thank you for taking part.")))
    parts.append(f"{_('All your news')}:\n{given['news_url']}")
    parts.append(
        f"{WHY}\n{_('Choose how you hear, or stop these e-mails')}:\n{given['unsubscribe']}"
    )
    foot = (given["site_name"], given["council"], given["contact"], given["email"])
    parts.append("\n".join(line for line in foot if line))
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


WHY = _("You get this because you suggested, backed, talked about or follow what it is about.")
