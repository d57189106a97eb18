"""Forgery of requests: a form of somebody else's site must not act for our residents.

Every unsafe request has to come from our own pages: by ``Sec-Fetch-Site``, or by ``Origin`` where a
browser sends no fetch metadata. Who is signed in also sends a token, in each form or, with htmx, in
a header. Visitors have no session, so for them the first check stands alone.
"""

from flask import Flask, Request, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import Markup
from wtforms import ValidationError

from citizen_voice.errors import NotAllowed
from citizen_voice.web.access import SAFE_METHODS, mark_of
from citizen_voice.words import _

FIELD = "csrf_token"
HEADER = "X-CSRFToken"


class Forged(NotAllowed):
    """The request comes from another site."""

    def __init__(self) -> None:
        super().__init__(_("That came from another site, so we did nothing with it."))


class StaleToken(NotAllowed):
    """The page was made for another session of the same person: they may send it again."""

    def __init__(self) -> None:
        super().__init__(
            _("This page had been open since before you signed in. Check it and send it again.")
        )


def guard(app: Flask) -> None:
    """Check every unsafe request before its view runs."""

    @app.before_request
    def check() -> None:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return
        if mark_of(app.view_functions[request.endpoint]) == "machine":
            return
        if not comes_from_here(request):
            raise Forged
        if current_user.is_authenticated:
            try:
                validate_csrf(request.headers.get(HEADER) or request.form.get(FIELD))
            except ValidationError:
                raise StaleToken from None


def comes_from_here(asked: Request) -> bool:
    """Whether a page of this site sent the request, as far as the browser tells."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    scheme, mark, host = asked.headers.get("Origin", "").partition("://")
    return bool(mark) and scheme in ("http", "https") and host == asked.host


def token() -> str | None:
    """The token for who is signed in; ``None`` for visitors, who have no session to protect."""
    return generate_csrf() if current_user.is_authenticated else None


def field() -> Markup:
    """The hidden field that carries the token; empty for visitors."""
    value = token()
    if value is None:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, value)
