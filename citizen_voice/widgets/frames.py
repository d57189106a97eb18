"""What stands in other sites' pages: a small document, who may show it, and how it looks."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, request

from citizen_voice.site import colours
from citizen_voice.web import fresh
from citizen_voice.web.htmx import page
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.sharing import permanent
from citizen_voice.web.templates import url_for
from citizen_voice.widgets import hosts, queries, tallies, themes
from citizen_voice.widgets.models import AUTO, DARK, LIGHT, SCHEMES, WIDEST_RADIUS
from citizen_voice.words import force_locale, language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
)
RADIUS = 8
FRAMES = frozenset({"iframe", "frame", "embed", "object"})
"""What a browser says in ``Sec-Fetch-Dest`` when a page of somebody's shows another one."""

PALETTES = {
    LIGHT: (
        "--card:#fff;--ink:#23201c;--muted:#5b544b;--line:#e4dcd0;--tint:#f1ece4;--good:#0b6b43;"
        "--focus:#1b1917;--accent:{light};--on-accent:{on_light};"
    ),
    DARK: (
        "--card:#221f1c;--ink:#f3eee7;--muted:#bdb4a8;--line:#3b3631;--tint:#2a2622;"
        "--good:#7fd6a8;--focus:#ffd633;--accent:{dark};--on-accent:{on_dark};"
    ),
}
"""The colours of ``10-tokens.css``; the accent's shades are made so that each can be read."""
VERSION = hashlib.blake2b(repr(PALETTES).encode(), digest_size=4).hexdigest()
"""Other colours of ours have other addresses: browsers keep a stylesheet for good."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a frame looks. ``accent`` is empty for the council's colour."""

    accent: str = ""
    radius: int = RADIUS
    scheme: str = AUTO

    @property
    def address(self) -> str:
        """The address of its stylesheet."""
        accent = (self.accent or g.site.brand_colour).removeprefix("#")
        given = {"accent": accent, "radius": self.radius, "scheme": self.scheme, "v": VERSION}
        return url_for("widgets.theme", **given).removeprefix(request.script_root)

    @property
    def css(self) -> str:
        """Its colours and its corners, as custom properties."""
        shades = themes.shades(self.accent, g.site.brand_colour)
        light, dark = (
            PALETTES[mode].format(
                light=shades.light,
                on_light=shades.on_light,
                dark=shades.dark,
                on_dark=shades.on_dark,
            )
            for mode in (LIGHT, DARK)
        )
        radius = f"--radius:{self.radius}px;"
        if self.scheme != AUTO:
            return f":root{{{radius}{dark if self.scheme == DARK else light}}}\n"
        return f":root{{{radius}{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A frame: what it is of, who may show it, how it looks; its number where staff made it.

    ``kind`` is empty where there is no such widget: nothing of it is counted.
    """

    kind: str
    origins: tuple[str, ...]
    look: Look
    widget_id: int | None = None

    @property
    def site(self) -> str | None:
        """The site whose page shows it, where its browser tells."""
        return hosts.of_referrer(request.referrer)

    @property
    def is_allowed(self) -> bool:
        """Whether a browser shows it where it is."""
        return hosts.allows(self.origins, self.site)

    def support(self, ref: str) -> str:
        """The address at which an idea is answered, with the way back."""
        return self.idea(ref, _anchor="answer")

    def idea(self, ref: str, **further: str) -> str:
        """The address of an idea, with the way back where there is one."""
        back: dict[str, str | int] = {}
        if self.widget_id is not None:
            back["widget"] = self.widget_id
        if self.site is not None and self.is_allowed:
            back["site"] = hosts.of_origin(self.site)
        return away("ideas.detail", ref=ref, **back, **further)


def look_of(said: Any) -> Look:
    """How somebody would have it look, as an address says it; nonsense counts as nothing said."""
    accent = colours.normalise(said.get("accent", "")) or ""
    radius, scheme = themes.radius(said.get("radius")), said.get("scheme")
    return Look(
        accent,
        RADIUS if radius is None else min(radius, WIDEST_RADIUS),
        scheme if scheme in SCHEMES else AUTO,
    )


def here(kind: str) -> Place:
    """The frame at an address without a widget of its own."""
    return Place(kind, queries.site_wide(), look_of(request.args))


def of(setup: queries.Setup) -> Place:
    """The frame of a widget."""
    look = Look(setup.accent, setup.radius, setup.scheme)
    return Place(setup.kind, setup.origins, look, setup.id)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """In a widget's own language, whatever the address says; in English where there is no Welsh."""
    with force_locale(code if g.site.welsh_on else "en"):
        yield


def away(endpoint: str, **values: Any) -> str:
    """The whole address of a page of ours, in the language at hand."""
    root = request.script_root.removesuffix(PREFIX)
    path = url_for(endpoint, **values).removeprefix(request.script_root)
    return permanent(root + (PREFIX if language() == "cy" else "") + path)


def show(
    place: Place, template: str, *, shown: object, status: int = 200, **context: Any
) -> Response:
    """A frame, or a 304; counted as seen.

    ``shown`` is all that it shows and that changes. Unlike a page, it is asked for each time.
    """
    support = place.support("CV-0")  # tells of the host that reads it
    response = page(
        f"widgets/{template}.html",
        status=status,
        shown=(place, support, shown),
        place=place,
        away=away,
        linked=None if template == "gone" else request.script_root + request.path,
        **context,
    )
    return _framed(place, response)


def gone(place: Place, status: int = 200) -> Response:
    """A friendly sentence in place of what is not there, with a link to the site."""
    return show(place, "gone", shown="gone", status=status)


def _framed(place: Place, response: Response) -> Response:
    fresh.ask_each_time()
    ancestors = " ".join(("'self'", *place.origins))
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors {ancestors}"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if place.kind and request.method == "GET" and _is_view(place.site):
        _count(place)
    return response


def _is_view(site: str | None) -> bool:
    """Whether a page of another site shows it. Programs say neither where nor in what."""
    shown_in = request.headers.get("Sec-Fetch-Dest")
    is_framed = site is not None if shown_in is None else shown_in in FRAMES
    return is_framed and (site is None or hosts.of_origin(site) != request.host)


def _count(place: Place) -> None:
    site, host = place.site, hosts.of_origin(place.site or "")
    if place.is_allowed:
        tallies.saw(place.widget_id, place.kind, host, allowed=True)
    elif site and hosts.can_be_allowed(site):
        tallies.saw(place.widget_id, place.kind, host, allowed=False)


def stylesheet(look: Look) -> Response:
    """The colours of a look, which its address names: kept for good."""
    response = make_response(look.css)
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
