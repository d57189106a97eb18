"""In front of everything: what visitors got is sent again while nothing was committed since.

Who carries no cookie gets the same page as everybody. So its bytes can be sent again without
asking Flask, as long as the mark of what is committed (``kept.state``) is the one under which the
page was read: nothing can have changed. After any commit the site looks anew.
"""

import sys
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.http import parse_etags

from citizen_voice import clock, kept
from citizen_voice.web import logs

MOST_KNOWN = 1_024  # addresses
MOST_BODIES = 256
LARGEST_BODY = 64 * 1024
"""Of the usual pages none is so long. What is longer, as the API's longest lists, is made each
time: else anybody could fill a process's memory. So it holds 16 MB of pages at most."""
LONGEST_QUERY = 300  # of an address that is worth remembering
OF_BODIES = ("content-length", "content-type")

_ADDRESS = "citizen_voice.address"
_KNOWN = "citizen_voice.known"
_BODIES = "citizen_voice.bodies"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """What visitors got under an address, and what was committed before it was read."""

    tag: str
    state: kept.State
    route: str | None
    headers: Headers


class Body(NamedTuple):
    """What was sent, and what it is."""

    content: bytes
    kind: str


def make_room(app: Flask) -> None:
    """Give the app a place for what it sent."""
    app.extensions[_KNOWN] = kept.Bounded(MOST_KNOWN)
    app.extensions[_BODIES] = kept.Bounded(MOST_BODIES)


def note(tag: str, state: kept.State, response: Response) -> None:
    """Remember a page that was made for anybody: with its body, or a 304 without it."""
    address = request.environ.get(_ADDRESS)
    if address is None or "Set-Cookie" in response.headers:
        return
    headers = [each for each in response.headers if each[0].lower() not in OF_BODIES]
    route = None if request.url_rule is None else request.url_rule.rule
    current_app.extensions[_KNOWN][address] = Sent(tag, state, route, headers)
    bodies: dict[str, Body] = current_app.extensions[_BODIES]
    if response.status_code == 200 and tag not in bodies:
        content = response.get_data()
        if len(content) <= LARGEST_BODY:
            bodies[tag] = Body(content, response.headers["Content-Type"])


def body(tag: str) -> bytes | None:
    """The page with this tag, where it is for anybody and was made before."""
    if request.environ.get(_ADDRESS) is None:
        return None
    found: Body | None = current_app.extensions[_BODIES].get(tag)
    return None if found is None else found.content


class Front:
    """WSGI: answers visitors with what they would get anyway.

    ``app`` notes what it sends. With ``log``, a line is written for each request answered here.
    """

    def __init__(self, app: Flask, inner: Any, *, log: bool) -> None:
        self._app = app
        self._inner = inner
        self._log = log
        self._known: MutableMapping[Any, Sent] = app.extensions[_KNOWN]
        self._bodies: MutableMapping[str, Body] = app.extensions[_BODIES]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        if not _for_anybody(environ):
            return self._pass_on(environ, start_response)
        began = perf_counter()
        address = environ[_ADDRESS] = _address(environ)
        sent = self._known.get(address)
        if sent is None or sent.state != self._state():
            return self._pass_on(environ, start_response)
        content = b""
        status = "304 NOT MODIFIED"
        headers = sent.headers
        if not _has(environ, sent.tag):
            known = self._bodies.get(sent.tag)
            if known is None:
                return self._pass_on(environ, start_response)
            content, status = known.content, "200 OK"
            length = ("Content-Length", str(len(content)))
            headers = [("Content-Type", known.kind), length, *headers]
        request_id = logs.new_id()
        if self._log:
            code = int(status[:3])
            sys.stderr.write(logs.line(request_id, "GET", sent.route, code, len(content), began))
        start_response(status, [*headers, (logs.ID, request_id)])
        return [content] if content else []

    def _pass_on(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer

    def _state(self) -> kept.State | None:
        try:
            return kept.look(self._app)
        except (DBAPIError, PoolTimeoutError):  # Flask says what is the matter
            return None


def _for_anybody(environ: dict[str, Any]) -> bool:
    """Whether the page is the one that everybody gets who carries no cookie."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_COOKIE" not in environ
        and "HTTP_HX_REQUEST" not in environ
        and len(environ.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def _address(environ: dict[str, Any]) -> tuple[Any, ...]:
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        environ.get("QUERY_STRING"),
        clock.today(),
    )


def _has(environ: dict[str, Any], tag: str) -> bool:
    """Whether who asks has the page with this tag."""
    said = environ.get("HTTP_IF_NONE_MATCH")
    if not said:
        return False
    return said == f'W/"{tag}"' or parse_etags(said).contains_weak(tag)
