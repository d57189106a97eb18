"""Where the words looked for stand in a text: marked, and with a little of what is around them."""

import re
import unicodedata
from itertools import pairwise

from markupsafe import Markup, escape

from citizen_voice.search.query import Query
from citizen_voice.search.tokens import WORD

AROUND = 150
"""Letters of a snippet, about."""
BEFORE = 40
_MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>~]+")
_MARKED = Markup("<mark>%s</mark>")


def marked(text: str, query: Query) -> Markup:
    """A text, escaped, with the words of a query in ``<mark>``."""
    places = [match.span() for match in WORD.finditer(text) if query.means(match[0])]
    if not places:
        return escape(text)
    parts = [escape(text[: places[0][0]])]
    for place, following in pairwise([*places, (len(text), len(text))]):
        start, end = place
        parts += [_MARKED % text[start:end], escape(text[end : following[0]])]
    return Markup("").join(parts)


def snippet(text: str, query: Query) -> Markup | None:
    """Some words of a text around the first that is looked for, marked; ``None`` without one."""
    plain = _plain(text)
    first = next((m.start() for m in WORD.finditer(plain) if query.means(m[0])), None)
    if first is None:
        return None
    start = 0 if first <= BEFORE else plain.rfind(" ", 0, first - BEFORE) + 1
    end = len(plain)
    if end - start > AROUND:
        at = plain.find(" ", start + AROUND)
        end = at if 0 <= at <= start + AROUND + 40 else min(end, start + AROUND)
    cut = marked(plain[start:end], query)
    return Markup("%s%s%s") % ("… " if start else "", cut, " …" if end < len(plain) else "")


def _plain(text: str) -> str:
    """Residents' Markdown on one line, without its signs."""
    without = _MARKDOWN.sub(lambda match: match[1] or "", unicodedata.normalize("NFC", text))
    return " ".join(without.split())
