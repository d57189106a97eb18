"""Forgery of requests: a form of somebody else's site must not act for our residents.

Every unsafe request has to come from our own pages: by ``Sec-Fetch-Site``, or by ``Origin`` where a
browser sends no fetch metadata. Who is signed in also sends a token, in each form or, with htmx, in
a header. Visitors have no session, so for them the first check stands alone.

A token proves that its page was made for this session: random bytes, and their hash keyed with a
secret that stands in the session's row. It is another one on each page, so that nobody can guess it
letter by letter from how small a page becomes when it is compressed (BREACH).
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

from flask import Flask, Request, g, request, session
from flask_login import current_user
from markupsafe import Markup

from citizen_voice.errors import NotAllowed
from citizen_voice.web.access import SAFE_METHODS, mark_of
from citizen_voice.words import _

FIELD = "csrf_token"
HEADER = "X-CSRFToken"
SECRET = "csrf_token"  # nosec B105  # a name
"""The session's key for its secret."""

_BYTES = 15


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
            sent = request.headers.get(HEADER) or request.form.get(FIELD) or ""
            if not is_token_of(session[SECRET], sent):
                raise StaleToken


def comes_from_here(asked: Request) -> bool:
    """Whether a page of this site sent the request, as far as the browser tells."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    scheme, mark, host = asked.headers.get("Origin", "").partition("://")
    return bool(mark) and scheme in ("http", "https") and host == asked.host


def token_for(secret: str) -> str:
    """A new token of the session with this secret."""
    chance = secrets.token_bytes(_BYTES)
    return urlsafe_b64encode(chance + _keyed(secret, chance)).decode()


def is_token_of(secret: str, token: str) -> bool:
    """Whether a token was made for the session with this secret."""
    try:
        given = urlsafe_b64decode(token)
    except ValueError:
        return False
    chance, proof = given[:_BYTES], given[_BYTES:]
    return hmac.compare_digest(proof, _keyed(secret, chance))


def _keyed(secret: str, chance: bytes) -> bytes:
    return blake2b(chance, key=secret.encode(), digest_size=_BYTES).digest()


def token() -> str | None:
    """The token for who is signed in; ``None`` for visitors, who have no session to protect."""
    if not current_user.is_authenticated:
        return None
    if "token" not in g:
        g.token = token_for(session[SECRET])
    made: str = g.token
    return made


def field() -> Markup:
    """The hidden field that carries the token; empty for visitors."""
    value = token()
    if value is None:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, value)
