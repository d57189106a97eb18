"""The ``pending`` cookie: which sign-in under way belongs to this browser."""

from typing import Any

from flask import Response, request

from citizen_voice import limits
from citizen_voice.accounts import queries, services
from citizen_voice.accounts.limits import BEGINNINGS
from citizen_voice.db import AnyRow, write
from citizen_voice.site import storage
from citizen_voice.web import cookies
from citizen_voice.words import language


def start(
    response: Response,
    *,
    next_address: str,
    intent: dict[str, Any] | None,
    person_id: Any = None,
) -> str:
    """Begin a sign-in for this browser: a row, and the cookie that names it on ``response``."""
    limits.hit(BEGINNINGS, limits.network_of(request.remote_addr))
    with write():
        token = services.begin(
            next_address=next_address, intent=intent, language=language(), person_id=person_id
        )
    lasts = int(services.PENDING_LASTS.total_seconds())
    cookies.put(response, storage.PENDING, token, lasts)
    return token


def token() -> str | None:
    """The cookie's value."""
    return cookies.read(storage.PENDING)


def current() -> AnyRow | None:
    """The sign-in under way in this browser, while it lasts."""
    value = token()
    return queries.pending(value) if value else None
