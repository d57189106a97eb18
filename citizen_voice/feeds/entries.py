"""Entries of feeds: ideas, what happened in a trial, what changed; said in the page's language."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

import nh3
from markupsafe import Markup

from citizen_voice.db import AnyRow
from citizen_voice.feeds import queries
from citizen_voice.feeds.atom import MOST, Entry, tag
from citizen_voice.ideas.cards import REMOVED, STAGE_WORDS, Card
from citizen_voice.ideas.detail import author_name
from citizen_voice.ideas.models import ADOPTED
from citizen_voice.pilots.becoming import Event, Replied
from citizen_voice.pilots.names import OUTCOME_NAMES, STATE_NAMES
from citizen_voice.pilots.queries import changed
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web import markdown
from citizen_voice.web.filters import Said, say
from citizen_voice.web.sharing import permanent
from citizen_voice.web.templates import url_for
from citizen_voice.words import _, language

BEGAN = _("A trial began")
BECAUSE = _("Changed because of you")
REPLIED = _("The council replied")
_A = {"a": {"href", "rel"}}


def named(what: str) -> str:
    """The lasting name of something that this site says."""
    return tag(permanent("/"), what)


def of_ideas(cards: Iterable[Card]) -> list[Entry]:
    """Ideas as a list shows them, whose rows have ``queries.WORDS``."""
    return [_idea(card) for card in cards]


def idea_facts(cards: Iterable[Card]) -> list[tuple[Any, ...]]:
    """Everything that such entries are made from, but for names."""
    return [
        (
            *(row.id, row.title, row.language, row.challenge_id, row.topic_id, row.ward_id),
            *(row.published_at, row.edited_at, row.words),
            *(row.author, row.author_id, row.author_kind),
        )
        for row in (card.row for card in cards)
    ]


def _idea(card: Card) -> Entry:
    row = card.row
    address = permanent(url_for("ideas.detail", ref=card.ref))
    place = card.place if row.ward_id is not None else ""
    return Entry(
        id=named(f"ideas/{card.ref}"),
        title=card.title,
        address=address,
        lang=card.lang,
        author=author_name(row),
        published=row.published_at,
        updated=max(row.published_at, row.edited_at or row.published_at),
        content=_whole(markdown.render(row.words), address),
        categories=[each for each in (card.challenge_question, card.topic, place) if each],
    )


def of_pilot(began: AnyRow, happened: Sequence[AnyRow], council: str) -> list[Entry]:
    """What happened in a trial. ``began`` has its title."""
    title, ref = say(began, "title"), pilot_ref(began.id)
    address = permanent(url_for("pilots.detail", pilot_ref=ref))
    return [_happened(row, title, ref, address, council) for row in happened[:MOST]]


def _happened(row: AnyRow, title: Said, ref: str, address: str, council: str) -> Entry:
    first, second = say(row, "a"), say(row, "b")
    if row.kind == queries.SAID:
        what, picture = STATE_NAMES[row.key], _picture(row.picture, second)
        content = paragraphs(first) + picture
    elif row.kind == queries.DECIDED:
        what = OUTCOME_NAMES[row.key]
        parts = ((_("What we learned"), first), (_("What happens next"), second))
        content = _parts(parts)
    else:
        what = BEGAN
        parts = ((_("Where, and with whom"), second), (_("How we’ll know whether it works"), first))
        content = _parts(parts)
    return Entry(
        id=named(f"trials/{ref}/{row.kind}/{row.id}/{language()}"),
        title=f"{what}: {title.text}",
        address=address,
        lang=language(),
        author=council,
        published=row.at,
        updated=row.at,
        content=content,
    )


def changes(found: changed.Changed) -> list[AnyRow]:
    """What happened, and the latest replies, the newest first."""
    both = sorted((*found.events, *found.latest), key=lambda row: (row.at, row.id), reverse=True)
    return both[:MOST]


def of_changes(rows: Sequence[AnyRow], council: str) -> list[Entry]:
    """What changed, as ``changes`` gives it."""
    return [_change(row, council) for row in rows]


def _replied(row: AnyRow, council: str) -> Entry:
    reply = Replied(row)
    return Entry(
        id=named(f"changes/{row.kind}/{reply.ref}/{_moment(row)}/{language()}"),
        title=f"{REPLIED}: {reply.title.text}",
        address=permanent(url_for("ideas.detail", ref=reply.ref, _anchor="reply")),
        lang=language(),
        author=council,
        published=row.at,
        updated=row.at,
        content=Markup("<p><b>{}</b></p>").format(reply.outcome) + paragraphs(reply.words),
    )


def _moment(row: AnyRow) -> str:
    """Tells apart what happened to one thing, as several thanks."""
    return f"{row.at:%Y%m%dT%H%M%S%f}"


def _change(row: AnyRow, council: str) -> Entry:
    if row.kind == changed.REPLIED:
        return _replied(row, council)
    event = Event(row)
    if event.kind == changed.HAPPENS:
        what, path = STAGE_WORDS[ADOPTED], url_for("ideas.detail", ref=event.ref)
    else:
        path = url_for("pilots.detail", pilot_ref=event.ref)
        if event.kind == changed.DECIDED:
            what = event.outcome
        else:
            what = BECAUSE if event.kind == changed.THANKED else BEGAN
    return Entry(
        id=named(f"changes/{event.kind}/{event.ref}/{_moment(row)}/{language()}"),
        title=f"{what}: {event.title.text or REMOVED}",
        address=permanent(path),
        lang=language(),
        author=council,
        published=row.at,
        updated=row.at,
        content=paragraphs(event.words),
    )


def paragraphs(words: Said) -> Markup:
    """The council's words as they were written, as HTML, marked with their language."""
    if not words.text:
        return Markup()
    lines = Markup("<br>").join(words.text.split("\n"))
    if words.lang is None:
        return Markup("<p>{}</p>").format(lines)
    return Markup('<p lang="{}">{}</p>').format(words.lang, lines)


def _parts(parts: Iterable[tuple[Any, Said]]) -> Markup:
    shown = (
        Markup("<p><b>{}</b></p>").format(str(name)) + paragraphs(words)
        for name, words in parts
        if words.text
    )
    return Markup().join(shown)


def _picture(digest: str | None, alt: Said) -> Markup:
    if digest is None:
        return Markup()
    address = permanent(url_for("pilots.picture", digest=digest))
    return Markup('<p><img src="{}" alt="{}" lang="{}"></p>').format(
        address, alt.text, alt.lang or language()
    )


def _whole(html: str, address: str) -> str:
    """A resident's rendered words with whole addresses in their links."""
    if "href=" not in html:
        return html

    def absolute(_element: str, attribute: str, value: str) -> str:
        if attribute != "href":
            return value
        try:
            return urljoin(address, value)
        except ValueError:  # such as of a broken IPv6 host
            return value

    return nh3.clean(
        html,
        tags=markdown.RESIDENT_TAGS,
        attributes=_A,
        attribute_filter=absolute,
        link_rel=None,
    )
