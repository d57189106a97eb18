"""Atom feeds: what is new, for readers of feeds and for other programs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request
from werkzeug.datastructures import MultiDict

from citizen_voice import clock
from citizen_voice.db import AnyRow
from citizen_voice.feeds import atom, entries, queries
from citizen_voice.feeds.atom import Entry, Feed
from citizen_voice.ideas.cards import STAGE_WORDS
from citizen_voice.ideas.lists import ORDER_WORDS, BadFilter, Listing
from citizen_voice.ideas.ordering import NEWEST
from citizen_voice.ideas.queries.choices import names
from citizen_voice.pilots.queries import changed
from citizen_voice.pilots.refs import pilot_number, pilot_ref
from citizen_voice.web import fresh
from citizen_voice.web.filters import say
from citizen_voice.web.openly import openly
from citizen_voice.web.sharing import permanent
from citizen_voice.web.templates import url_for
from citizen_voice.words import _, language

bp = Blueprint("feeds", __name__)


@bp.get("/feeds/ideas.atom")
@openly
def ideas() -> Response:
    """The newest of all ideas, narrowed as their list is."""
    about = str(_("What people here want to change. Support the ones you like."))
    return _of_list("feeds.ideas", "ideas.index", "ideas", str(_("Ideas")), about)


@bp.get("/feeds/challenges/<slug>.atom")
@openly
def of_challenge(slug: str) -> Response:
    """The newest ideas of one challenge, narrowed as its list is."""
    row = queries.challenge(slug)
    about = str(_("Suggest an idea, support the ones you like, and hear back from the council."))
    question = say(row, "question").text
    what = f"challenges/{row.id}/ideas"
    return _of_list("feeds.of_challenge", "challenges.detail", what, question, about, row)


@bp.get("/feeds/pilots/<pilot_ref>.atom")
@openly
def pilot(pilot_ref: str) -> Response:
    """What happened in one trial: how it began, its updates, what was decided."""
    began, happened = queries.pilot(pilot_number(pilot_ref))
    return _pilot(began, happened)


@bp.get("/feeds/changes.atom")
@openly
def changes() -> Response:
    """What changed: trials that began or were decided, ideas that happen, thanks."""
    return _changes(None)


@bp.get("/feeds/challenges/<slug>/changes.atom")
@openly
def changes_of_challenge(slug: str) -> Response:
    """What became of the ideas of one challenge."""
    return _changes(queries.challenge(slug))


def _of_list(
    endpoint: str, page: str, what: str, title: str, about: str, row: AnyRow | None = None
) -> Response:
    """The newest ideas of a list. ``page`` is the endpoint of the list for people."""
    known = {} if row is None else {"slug": row.slug}
    asked = MultiDict(request.args)
    if (asked.get("order") or NEWEST) not in ORDER_WORDS:
        raise BadFilter
    asked["order"] = NEWEST
    listing = Listing(
        asked,
        lambda **further: url_for(endpoint, **known, **further),
        mine=queries.WORDS,
        offset=g.site.fair_offset,
        challenge_id=None if row is None else row.id,
    )
    given = {"q": listing.q, "topic": listing.topic, "ward": listing.ward, "stage": listing.stage}
    chosen = {name: value for name, value in given.items() if value}
    place = {"after": asked["after"]} if asked.get("after") else {}
    shown = (row and tuple(row), entries.idea_facts(listing.rows), listing.next_url)
    query = f"?{urlencode(chosen)}" if chosen else ""
    return _sent(
        shown,
        lambda: _feed(
            f"{what}{query}",
            " · ".join([title, *_narrowed(listing)]),
            about,
            address=url_for(endpoint, **known, **chosen, **place),
            page=url_for(page, **known, **chosen, order=NEWEST),
            shown=entries.of_ideas(listing.rows),
            further=listing.next_url,
            since=None if row is None else row.published_at,
        ),
    )


def _narrowed(listing: Listing) -> list[str]:
    """What a list is narrowed to, in words."""
    said = [f"“{listing.q}”"] if listing.q else []
    for table, key in (("topics", listing.topic), ("wards", listing.ward)):
        row = None if key is None else getattr(names(), table).get(key)
        said += [] if row is None else [say(row, "name").text]
    return said if listing.stage is None else [*said, str(STAGE_WORDS[listing.stage])]


def _pilot(began: AnyRow, happened: Any) -> Response:
    ref = pilot_ref(began.id)
    return _sent(
        [tuple(row) for row in happened],
        lambda: _feed(
            f"trials/{ref}",
            say(began, "title").text,
            str(_("How it is going, and what was decided.")),
            address=url_for("feeds.pilot", pilot_ref=ref),
            page=url_for("pilots.detail", pilot_ref=ref),
            shown=entries.of_pilot(began, happened, _council()),
        ),
    )


def _changes(row: AnyRow | None) -> Response:
    found = entries.changes(changed.changed(None if row is None else row.id, clock.today()))
    title, what, about = (
        str(_("What changed")),
        "changes",
        str(_("What became of residents’ ideas.")),
    )
    address, page = url_for("feeds.changes"), url_for("pilots.changes")
    if row is not None:
        title, what = f"{title}: {say(row, 'question').text}", f"challenges/{row.id}/changes"
        address = url_for("feeds.changes_of_challenge", slug=row.slug)
        page = url_for("pilots.of_challenge", slug=row.slug)
    return _sent(
        (row and tuple(row), [tuple(each) for each in found]),
        lambda: _feed(
            what,
            title,
            about,
            address=address,
            page=page,
            shown=entries.of_changes(found, _council()),
            since=None if row is None else row.published_at,
        ),
    )


def _feed(
    what: str,
    title: str,
    about: str,
    *,
    address: str,
    page: str,
    shown: list[Entry],
    further: str | None = None,
    since: datetime | None = None,
) -> str:
    """A feed as XML. ``what`` names it for good; addresses are paths."""
    return atom.written(
        Feed(
            id=entries.named(f"{what}{'&' if '?' in what else '?'}lang={language()}"),
            title=f"{title} – {say(g.site, 'name').text}",
            subtitle=about,
            lang=language(),
            author=_council(),
            address=permanent(address),
            page=permanent(page),
            further=further and permanent(further),
            since=since or atom.BEGINNING,
            entries=shown,
        )
    )


def _council() -> str:
    return say(g.site, "council").text


def _sent(shown: object, make: Callable[[], str]) -> Response:
    """A feed made from what is ``shown``; 304 to who has it."""
    tag = fresh.tag("feed", shown)
    if fresh.is_known(tag):
        return Response(status=304, mimetype=atom.KIND)
    return Response(fresh.body_for(tag, make), mimetype=atom.KIND)
