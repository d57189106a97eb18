"""What a page tells those who pass it on: its lasting address, and a few words of it."""

import html
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlencode

import nh3
from flask import Flask, current_app, g, request

from citizen_voice.web import locale
from citizen_voice.web.access import SAFE_METHODS, mark_of

DESCRIPTION = 150
NARROWING = ("topic", "ward", "stage")
"""What makes another list of a list; its order and the place in it do not."""

_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}


def page_paths(path: str = "") -> dict[str, str] | None:
    """The lasting path of the page at hand in each language.

    ``path`` says it where the address that was asked for is not the only one. ``None`` for pages
    that are not for everybody, and for the answer to a form.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or mark_of(view) != "everyone":
        return None
    if request.method not in SAFE_METHODS or g.get("never_store"):
        return None
    path = path.removeprefix(request.script_root) or quote(request.path)
    path = path.rstrip("/") or "/"
    if request.args:
        chosen = [(name, request.args.get(name, "")) for name in NARROWING]
        query = urlencode([(name, value) for name, value in chosen if value.isalnum()])
        path += f"?{query}" if query else ""
    return {"en": path, "cy": locale.PREFIX + path}


def permanent(path: str) -> str:
    """A path as an address to be shared: never with what a stranger's Host says."""
    config = current_app.config
    base: str = request.host_url.rstrip("/") if config["DEVELOPMENT"] else config["BASE_URL"]
    return base + path


@lru_cache(maxsize=1024)
def summary(words: str, longest: int = DESCRIPTION) -> str:
    """The beginning of some cleaned HTML as plain text, cut between words. Cached by its text."""
    text = " ".join(html.unescape(nh3.clean(words, tags=set())).split())
    if len(text) <= longest:
        return text
    end = longest - 1  # leaves room for the dots
    while end and _belongs_together(text[end - 1], text[end]):
        end -= 1
    space = text.rfind(" ", longest // 2, end + 1)
    return text[: space if space > 0 else end].rstrip(" ,;:.–-") + "…"


def _belongs_together(before: str, after: str) -> bool:
    return (
        bool(unicodedata.combining(after))
        or after in _JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= after <= "\U0001f3ff"  # the tone of a skin
    )


def add(app: Flask) -> None:
    """Give them to the app's templates."""
    app.jinja_env.globals.update(page_paths=page_paths, permanent=permanent)
    app.jinja_env.filters.update(summary=lambda words: summary(str(words)))
