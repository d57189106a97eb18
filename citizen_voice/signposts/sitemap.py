"""Sitemaps as sitemaps.org describes them, with each page's address in both languages.

Every language's page is an entry of its own that names all, as search engines ask for.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from markupsafe import escape

from citizen_voice.web import locale
from citizen_voice.web.sharing import permanent

MOST_ENTRIES = 10_000
"""Of a file. The protocol allows 50,000; search engines read smaller ones more often."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
PIECE = 200  # pages


class Place(NamedTuple):
    """The path of a page in English, and the day of its last change where it is known."""

    path: str
    on: date | None = None


def index(files: Iterable[Place]) -> str:
    """The list of sitemaps."""
    entries = "".join(f"<sitemap>{_where(file.path)}{_when(file.on)}</sitemap>\n" for file in files)
    return f'{HEAD}<sitemapindex xmlns="{SPACE}">\n{entries}</sitemapindex>\n'


def entries(places: Sequence[Place], *, welsh: bool) -> Iterator[str]:
    """One sitemap, in pieces; it needs the request at hand for the beginning of addresses alone."""
    root = permanent("")
    return _pieces(places[: MOST_ENTRIES // (2 if welsh else 1)], root, welsh=welsh)


def _pieces(places: Sequence[Place], root: str, *, welsh: bool) -> Iterator[str]:
    further = f' xmlns:xhtml="{XHTML}"' if welsh else ""
    yield f'{HEAD}<urlset xmlns="{SPACE}"{further}>\n'
    left = iter(places)
    while some := list(islice(left, PIECE)):
        yield "".join(_entry(place, root, welsh=welsh) for place in some)
    yield "</urlset>\n"


def _entry(place: Place, root: str, *, welsh: bool) -> str:
    english = escape(root + place.path)
    when = _when(place.on)
    if not welsh:
        return f"<url><loc>{english}</loc>{when}</url>\n"
    cymraeg = escape(root + locale.PREFIX + place.path)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (("en", english), ("cy", cymraeg), ("x-default", english))
    )
    return "".join(
        f"<url><loc>{address}</loc>{when}{links}</url>\n" for address in (english, cymraeg)
    )


def _where(path: str) -> str:
    return f"<loc>{escape(permanent(path))}</loc>"


def _when(day: date | None) -> str:
    return "" if day is None else f"<lastmod>{day.isoformat()}</lastmod>"
