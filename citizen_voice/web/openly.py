"""What other sites and machines read: the same for everybody, and no cookie is looked at.

Widgets, feeds, the API and files to download are read inside other sites' pages, by programs and
through caches. So a session is never opened for them (``is_open``), they vary on nothing, and
their ``ETag`` lets anything keep them that asks each time.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, g, request

from citizen_voice.web.access import SAFE_METHODS, mark_of

View = TypeVar("View", bound=Callable[..., Any])
OPENLY = "openly"

PREFIXES = (
    "/api/",
    "/exports/",
    "/feeds/",
    "/widgets/",
    "/oembed",
    "/sitemap",
    "/robots.txt",
    "/site.webmanifest",
    "/favicon.ico",
    "/apple-touch-icon",
    "/icons/",
    "/.well-known/",
)
"""Where such addresses begin. A session is opened before an address is known, so its beginning
has to say it; a test holds them against the marks."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
}
PREFLIGHT = CORS | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def openly(view: View) -> View:
    """For other sites and machines: the answer is the same for everybody."""
    view.access_mark = OPENLY  # type: ignore[attr-defined]  # a function's own attribute
    return view


def is_open(path: str) -> bool:
    """Whether what stands under a path is the same for everybody."""
    return path.startswith(PREFIXES)


def add(app: Flask) -> None:
    """Give such answers their headers. To be added after ``headers``, so that it comes first.

    Any cache may keep them and asks each time. Scripts of other sites may read what is no page of
    ours (CORS).
    """

    @app.after_request
    def head(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        if view is None or mark_of(view) != OPENLY:
            return response
        g.openly = True  # read by ``headers`` and ``fresh``
        given = response.headers
        given.setdefault("Cache-Control", "public, no-cache")
        asks_first = request.method == "OPTIONS"  # which Flask answers as if it were a page
        if request.method in SAFE_METHODS and (asks_first or response.mimetype != "text/html"):
            for name, value in (PREFLIGHT if asks_first else CORS).items():
                given.setdefault(name, value)
        return response
