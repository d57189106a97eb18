"""Pages that have not changed are not sent again: `ETag` and 304.

A page's tag is made from what it shows, so it changes exactly when the page does. What visitors
got is noted for ``front``, with the mark of what was committed before it was read.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from citizen_voice import clock, kept
from citizen_voice.paths import ROOT
from citizen_voice.web import front
from citizen_voice.words import language

SAFE = ("GET", "HEAD")
CODE = ("citizen_voice", "templates", "static")

_STAMP = "citizen_voice.stamp"

_besides: list[Callable[[], object]] = []


def add(app: Flask) -> None:
    """Have the app tag its pages. To be added before anything that reads."""
    app.extensions[_STAMP] = _stamp()
    front.make_room(app)
    app.after_request(_tagged)


def _tagged(response: Response) -> Response:
    """The answer with its tag, or without its body where that is known."""
    if not _has_tag(response):
        return response
    tag = g.get("tag") or _digest(response.get_data())
    response.set_etag(tag, weak=True)
    if "state" in g:
        front.note(tag, g.state, response)
    if response.status_code == 200 and request.if_none_match.contains_weak(tag):
        response.set_data(b"")
        response.status_code = 304
    return response


def _has_tag(response: Response) -> bool:
    return (
        response.status_code in (200, 304)
        and request.method in SAFE
        and (response.mimetype == "text/html" or g.get("openly"))
        and not response.is_streamed
        and response.headers.get("Cache-Control") != "no-store"
    )


def show_besides(what: Callable[[], object]) -> None:
    """Have every page's tag hold something that stands on all of them. Twice counts once."""
    if what not in _besides:
        _besides.append(what)


def note_state() -> None:
    """From here on the request reads: what it shows is at least as new as this."""
    g.state = kept.state()


def ask_each_time() -> None:
    """Have each view of the page at hand come here: ``front`` does not answer in its place."""
    g.pop("state", None)


def tag(*shown: Any) -> str:
    """The tag of the page at hand, given everything that its template is about to show."""
    who: tuple[Any, ...] = ()
    if current_user.is_authenticated:
        who = (current_user.session_id, current_user.display_name)
    parts = (
        current_app.extensions[_STAMP],
        language(),
        request.host,
        request.full_path,
        clock.today(),
        g.site.revision,
        who,
        [what() for what in _besides],
        shown,
    )
    return _digest(repr(parts).encode())


def is_known(tag: str) -> bool:
    """Whether who asks has the page already. Notes the tag for the answer."""
    g.tag = tag
    return request.method in SAFE and request.if_none_match.contains_weak(tag)


def body_for(tag: str, render: Callable[[], str]) -> str | bytes:
    """The page with this tag; a visitor's may have been rendered before."""
    return front.body(tag) or render()


def not_modified(kind: str = "text/html") -> Response:
    """The answer to who has it already: of the same kind, so that it has the same headers."""
    return Response(status=304, mimetype=kind)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


@cache
def _stamp() -> str:
    """Changes with every change of the code and the templates, the same in all processes."""
    files = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*") if _counts(path))
    facts = [(str(path.relative_to(ROOT)), path.stat().st_mtime_ns) for path in files]
    return _digest(repr(facts).encode())


def _counts(path: Path) -> bool:
    return path.suffix in (".py", ".html", ".mo", ".md", ".css", ".js")
