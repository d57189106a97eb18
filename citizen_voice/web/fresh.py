"""Pages that have not changed are not sent again: `ETag` and 304.

A page's tag is made from what it shows, so it changes exactly when the page does. Before anything
is read, a visitor's request is compared with what this process sent under the same address: where
nothing was committed since (``kept.state``), nothing can have changed.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from citizen_voice import clock, kept
from citizen_voice.paths import ROOT
from citizen_voice.words import language

SAFE = ("GET", "HEAD")
MOST_KNOWN = 4096
LONGEST_QUERY = 300  # of an address that is worth remembering
MOST_BODIES = 256  # of 25 KB
CODE = ("citizen_voice", "templates", "static")

_STAMP = "citizen_voice.stamp"
_KNOWN = "citizen_voice.known"
_BODIES = "citizen_voice.bodies"


def add(app: Flask) -> None:
    """Have the app answer 304 where it can. To be added before anything that reads."""
    app.extensions[_STAMP] = _stamp()
    app.extensions[_KNOWN] = kept.Bounded(MOST_KNOWN)
    app.extensions[_BODIES] = kept.Bounded(MOST_BODIES)
    app.before_request(_unchanged)
    app.after_request(_tagged)


def _unchanged() -> Response | None:
    """The answer where nothing at all was committed since the page was sent."""
    if not (request.if_none_match and _anybody()):
        return None
    state, tag = current_app.extensions[_KNOWN].get(_address(), (None, ""))
    if state is None or not request.if_none_match.contains_weak(tag) or state != kept.state():
        return None
    g.tag = tag
    return not_modified()


def _tagged(response: Response) -> Response:
    """The answer with its tag, or without its body where that is known."""
    if not _has_tag(response):
        return response
    tag = g.get("tag") or _digest(response.get_data())
    response.set_etag(tag, weak=True)
    if response.status_code == 200:
        if "state" in g and _anybody():
            current_app.extensions[_KNOWN][_address()] = (g.state, tag)
        if request.if_none_match.contains_weak(tag):
            response.set_data(b"")
            response.status_code = 304
    return response


def _has_tag(response: Response) -> bool:
    return (
        response.status_code in (200, 304)
        and request.method in SAFE
        and response.mimetype == "text/html"
        and response.headers.get("Cache-Control") != "no-store"
    )


def note_state() -> None:
    """From here on the request reads: what it shows is at least as new as this."""
    g.state = kept.state()


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
        shown,
    )
    return _digest(repr(parts).encode())


def is_known(tag: str) -> bool:
    """Whether who asks has the page already. Notes the tag for the answer."""
    g.tag = tag
    return request.method in SAFE and request.if_none_match.contains_weak(tag)


def body_for(tag: str, render: Callable[[], str]) -> str:
    """The page with this tag; a visitor's is kept, so that it is rendered once while it stays."""
    if not _anybody():
        return render()
    bodies: dict[str, str] = current_app.extensions[_BODIES]
    body = bodies.get(tag)
    if body is None:
        body = render()
        bodies[tag] = body
    return body


def not_modified() -> Response:
    """The answer to who has the page already."""
    return Response(status=304, mimetype="text/html")


def _anybody() -> bool:
    """Whether the page is the one that everybody gets who carries no cookie."""
    plain = not request.cookies and "HX-Request" not in request.headers
    return plain and request.method in SAFE and len(request.query_string) <= LONGEST_QUERY


def _address() -> tuple[Any, ...]:
    return request.host, request.script_root, request.full_path, clock.today()


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _stamp() -> str:
    """Changes with every change of the code and the templates, the same in all processes."""
    files = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*") if _counts(path))
    facts = [(str(path.relative_to(ROOT)), path.stat().st_mtime_ns) for path in files]
    return _digest(repr(facts).encode())


def _counts(path: Path) -> bool:
    return path.suffix in (".py", ".html", ".mo", ".md", ".css", ".js")
