"""oEmbed (https://oembed.com): what other sites put in place of a link to one of our pages."""

from dataclasses import dataclass, field, replace
from io import StringIO
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from feedgenerator.django.utils.xmlutils import (  # type: ignore[import-untyped]
    SimplerXMLGenerator,
)
from flask import current_app, g, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from citizen_voice.answers import queries as answers
from citizen_voice.challenges.queries import Renamed
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import PUBLISHED, WITHDRAWN
from citizen_voice.merging import queries as merging
from citizen_voice.pilots.queries import trials
from citizen_voice.pilots.refs import pilot_number, pilot_ref
from citizen_voice.web.access import mark_of
from citizen_voice.web.filters import reference, say
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.sharing import permanent
from citizen_voice.web.xml import text as xml_text
from citizen_voice.widgets import queries, subjects
from citizen_voice.widgets.frames import away, in_language, look_of
from citizen_voice.widgets.models import CHALLENGE, CHANGES, IDEA, PILOT, TOP
from citizen_voice.widgets.wording import KIND_NAMES
from citizen_voice.words import _, language

WIDTH = 600
HEIGHTS = {IDEA: 500, TOP: 700, CHALLENGE: 590, PILOT: 680, CHANGES: 820}
"""What most frames take on a phone; where the page around it listens, it says how tall it is."""
KEPT_FOR = 3600  # seconds
LARGEST = 10_000
FORMATS = ("json", "xml")
PRIVATE = ("members", "role")
LOOKS = ("accent", "radius", "scheme")

Values = dict[str, str | int]


class Senseless(Refusal):
    """A question that cannot be read."""

    status = 400


class Private(NotAllowed):
    """There is a page, and it is for some alone."""

    status = 401


class NoSuchFormat(Refusal):
    """An answer in a format that we do not have."""

    status = 501


def site_name() -> str:
    """How the site is called in the language at hand."""
    return str(g.site.name_cy if language() == "cy" and g.site.name_cy else g.site.name_en)


@dataclass(frozen=True, slots=True)
class Found:
    """What is shown in place of an address: a title, the page, the frame, and the site's name.

    ``name`` is what stands for good in others' pages, so it has no words of residents: these may be
    hidden or erased, and who embeds keeps what we said.
    """

    kind: str
    title: str
    name: str
    page: str
    frame: str
    site: str = field(default_factory=site_name)


def answer(said: Any) -> Values:
    """The answer to a question. Raises ``Refusal`` with the status that the specification names."""
    if said.get("format", "json") not in FORMATS:
        raise NoSuchFormat(_("We answer in JSON and XML."))
    widest, tallest = _most(said, "maxwidth"), _most(said, "maxheight")
    address = said.get("url", "")
    if not address:
        raise Senseless(_("Name an address of ours."))
    code, endpoint, values, query = _ours(address)
    with in_language(code):
        found = _found(endpoint, values)
    look = _look(query) if endpoint.startswith("widgets.") else ""
    width = min(WIDTH, widest)
    height = min(HEIGHTS[found.kind], tallest)
    html = Markup(
        '<blockquote class="citizen-voice"><a href="{page}">{name}</a></blockquote>'
        '<iframe title="{name}" src="{frame}" width="{width}" height="{height}" frameborder="0"'
        ' marginwidth="0" marginheight="0" loading="lazy"></iframe>'
    ).format(page=found.page, name=found.name, frame=found.frame + look, width=width, height=height)
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "provider_name": found.site,
        "provider_url": permanent(request.script_root.removesuffix(PREFIX) + "/"),
        "cache_age": KEPT_FOR,
        "width": width,
        "height": height,
        "html": str(html),
    }


def idea_name(ref: str) -> str:
    """How an idea is called where its title must not stay."""
    return f"{KIND_NAMES[IDEA]} ({ref}) – {site_name()}"


def xml(values: Values) -> str:
    """An answer as XML."""
    out = StringIO()
    writer = SimplerXMLGenerator(out, "utf-8")
    writer.startDocument()
    writer.startElement("oembed", {})
    for name, value in values.items():
        writer.addQuickElement(name, xml_text(str(value)))
    writer.endElement("oembed")
    writer.endDocument()
    return out.getvalue()


def _most(said: Any, name: str) -> int:
    text = said.get(name)
    if text is None:
        return LARGEST
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
        raise Senseless(_("The largest width and height are whole numbers of pixels."))
    return int(text)


def _ours(address: str) -> tuple[str, str, dict[str, Any], str]:
    """The language, the endpoint, the arguments and the query of one of our addresses."""
    home = urlsplit(permanent(request.script_root.removesuffix(PREFIX)))
    try:
        parts = urlsplit(address)
        path = unquote(parts.path, errors="strict")
    except (ValueError, UnicodeDecodeError):
        raise Senseless(_("That address cannot be read.")) from None
    if parts.scheme not in ("http", "https") or _host(parts) != _host(home):
        raise NotHere
    if not path.startswith(home.path):
        raise NotHere
    path = path.removeprefix(home.path)
    code = "cy" if path == PREFIX or path.startswith(f"{PREFIX}/") else "en"
    path = path.removeprefix(PREFIX) if code == "cy" else path
    try:
        endpoint, values = current_app.url_map.bind("").match(path or "/", "GET")
    except (HTTPException, RequestRedirect):
        raise NotHere from None
    if mark_of(current_app.view_functions[endpoint]) in PRIVATE:
        raise Private(_("That page is for some people alone."))
    return code, str(endpoint), dict(values), parts.query


def _host(parts: SplitResult) -> str:
    """Who answers at an address, without the port that its scheme has anyhow."""
    host = parts.netloc.lower()
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return host.removesuffix(usual) if usual else host


def _look(query: str) -> str:
    """How a frame's own address says that it looks, for the frame that is shown in its place."""
    said = dict(parse_qsl(query))
    if not said.keys() & set(LOOKS):
        return ""
    look = look_of(said)
    return "?" + urlencode({name: getattr(look, name) for name in LOOKS if name in said})


def _found(endpoint: str, values: dict[str, Any]) -> Found:
    if endpoint in ("ideas.detail", "widgets.idea"):
        return _idea(ideas.number(values["ref"]))
    if endpoint in ("challenges.detail", "widgets.challenge", "widgets.top"):
        kind = TOP if endpoint == "widgets.top" else CHALLENGE
        return _challenge(kind, _challenge_id(values["slug"]))
    if endpoint in ("pilots.detail", "widgets.pilot"):
        return _pilot(pilot_number(values["pilot_ref"]))
    if endpoint in ("pilots.changes", "widgets.changes"):
        return _changes(None)
    if endpoint in ("pilots.of_challenge", "widgets.changes_of"):
        return _changes(_challenge_id(values["slug"]))
    if endpoint == "widgets.widget":
        return _widget(values["widget_id"])
    raise NotHere


def _challenge_id(slug: str) -> int:
    try:
        return subjects.challenge_id(slug)
    except Renamed as renamed:
        return subjects.challenge_id(renamed.slug)


def _idea(number: int) -> Found:
    row = merging.shown(reference(number), answers.mine(None))
    if row.visibility != PUBLISHED or row.stage == WITHDRAWN or not row.title:
        raise NotHere
    ref = reference(row.id)
    page, frame = away("ideas.detail", ref=ref), away("widgets.idea", ref=ref)
    return Found(IDEA, row.title, idea_name(ref), page, frame)


def _challenge(kind: str, key: int) -> Found:
    asked = subjects.asked(key)
    if asked is None:
        raise NotHere
    row = asked[0]
    page, frame = (away(name, slug=row.slug) for name in ("challenges.detail", f"widgets.{kind}"))
    return _council(kind, say(row, "question").text, page, frame)


def _pilot(number: int) -> Found:
    trial = trials.one(number)
    if trial is None:
        raise NotHere
    ref = pilot_ref(number)
    page, frame = (away(f"{name}", pilot_ref=ref) for name in ("pilots.detail", "widgets.pilot"))
    return _council(PILOT, say(trial, "title").text, page, frame)


def _council(kind: str, words: str, page: str, frame: str) -> Found:
    """What has the council's own words, which may stay."""
    return Found(kind, words, words, page, frame)


def _changes(key: int | None) -> Found:
    title = str(_("What changed"))
    if key is None:
        return _council(CHANGES, title, away("pilots.changes"), away("widgets.changes"))
    about, _lines = subjects.changes(key)
    slug = str(about and about.key)
    page, frame = away("pilots.of_challenge", slug=slug), away("widgets.changes_of", slug=slug)
    return _council(CHANGES, f"{title}: {say(about, 'a').text}", page, frame)


def _widget(number: int) -> Found:
    """What a widget is of, in its own language and in its own frame."""
    setup = queries.widget(number)
    if setup.ended_at is not None:
        raise NotHere
    with in_language(setup.language):
        found = _subject(setup)
        return replace(found, frame=away("widgets.widget", widget_id=number))


def _subject(setup: queries.Setup) -> Found:
    if setup.kind == CHANGES:
        return _changes(setup.challenge_id)
    if setup.kind == IDEA and setup.idea_id is not None:
        return _idea(setup.idea_id)
    if setup.kind == PILOT and setup.pilot_id is not None:
        return _pilot(setup.pilot_id)
    if setup.kind in (CHALLENGE, TOP) and setup.challenge_id is not None:
        return _challenge(setup.kind, setup.challenge_id)
    raise NotHere
