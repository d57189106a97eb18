"""Sitemaps, ``robots.txt``, ``security.txt``, the icons and the web app manifest."""

import json
from typing import Any

from flask import Blueprint, Response, g, request, url_for

from citizen_voice.challenges import queries as challenges
from citizen_voice.errors import NotHere
from citizen_voice.pilots.queries import trials
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.signposts import crawling, icons, queries, sitemap
from citizen_voice.signposts.manifest import manifest
from citizen_voice.signposts.sitemap import Place
from citizen_voice.web import fresh
from citizen_voice.web.filters import reference, say
from citizen_voice.web.openly import openly
from citizen_voice.web.sharing import permanent
from citizen_voice.words import language

bp = Blueprint("signposts", __name__)

PLAIN = (
    "site.home",
    "challenges.index",
    "ideas.index",
    "pilots.index",
    "pilots.changes",
    "moderation.figures",
    "exports.index",
    "site.rules",
    "consent.privacy",
    "consent.young_people",
    "consent.notices",
    "site.accessibility",
    "site.cookies",
)
"""Pages of which there is one: endpoints without arguments."""


@bp.get("/sitemap.xml")
@openly
def index() -> Response:
    """The list of the site's sitemaps."""
    found = queries.parts()
    files = [Place(_path("signposts.pages"))]
    files += [Place(_path("signposts.ideas", sitemap_part=part.number), part.on) for part in found]
    return _sent(sitemap.index(files), "application/xml")


@bp.get("/sitemap-pages.xml")
@openly
def pages() -> Response:
    """Every page that is none of an idea."""
    shown = challenges.overview()
    found = [Place(_path(endpoint)) for endpoint in PLAIN]
    found += [Place(_path("challenges.detail", slug=row.slug)) for rows in shown for row in rows]
    found += [
        Place(_path("pilots.detail", pilot_ref=pilot_ref(trial.id)))
        for trial in trials.everything()
    ]
    return _listed(found)


@bp.get("/sitemap-ideas-<int:sitemap_part>.xml")
@openly
def ideas(sitemap_part: int) -> Response:
    """The public ideas whose numbers belong to a part."""
    found = queries.ideas(sitemap_part)
    if not found:
        raise NotHere
    begin = _path("ideas.index")
    return _listed([Place(f"{begin}/{reference(each.number)}", each.on) for each in found])


@bp.get("/robots.txt")
@openly
def robots() -> Response:
    """What programs that read the whole site are asked to leave."""
    address = permanent(_path("signposts.index"))
    return _sent(crawling.robots(address, welsh=g.site.welsh_on), "text/plain")


@bp.get("/.well-known/security.txt")
@openly
def security() -> Response:
    """Whom to tell of a fault in the site (RFC 9116)."""
    words = crawling.security(g.site, permanent(_path("signposts.security")))
    if words is None:
        raise NotHere
    return _sent(words, "text/plain")


@bp.get("/site.webmanifest")
@openly
def web_manifest() -> Response:
    """How the site looks among somebody's apps, in the page's language."""
    said = manifest(
        name=say(g.site, "name").text,
        tagline=say(g.site, "tagline").text,
        language=language(),
        start=url_for("site.home"),
        colour=g.site.brand_colour,
    )
    return _sent(json.dumps(said, ensure_ascii=False), "application/manifest+json")


@bp.get("/favicon.ico")
@openly
def favicon() -> Response:
    """The mark for old browsers' tabs and for bookmarks; others take the one in the page's head."""
    return _sent(icons.favicon(g.site.brand_colour), "image/x-icon")


@bp.get("/apple-touch-icon.png")
@openly
def touch_icon() -> Response:
    """The mark for a phone's home screen."""
    return _sent(icons.square(icons.TOUCH, g.site.brand_colour), "image/png")


@bp.get("/icons/<icon>.png")
@openly
def icon(icon: str) -> Response:
    """One of the manifest's icons."""
    look = icons.ICONS.get(icon)
    if look is None:
        raise NotHere
    return _sent(icons.square(look, g.site.brand_colour), "image/png")


def _listed(places: list[Place]) -> Response:
    """A sitemap, sent in pieces; nothing of it is made for who has it already."""
    tag = fresh.tag(places, g.site.welsh_on)
    if fresh.is_known(tag):
        return fresh.not_modified("application/xml")
    pieces = (piece.encode() for piece in sitemap.entries(places, welsh=g.site.welsh_on))
    response = Response(pieces, mimetype="application/xml")
    response.set_etag(tag, weak=True)
    return response


def _path(endpoint: str, **arguments: Any) -> str:
    """The path of a page in English, whichever language is at hand."""
    return url_for(endpoint, **arguments).removeprefix(request.script_root)


def _sent(content: str | bytes, kind: str) -> Response:
    return Response(content, mimetype=kind)
