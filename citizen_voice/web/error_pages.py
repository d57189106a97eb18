"""A page for everything that can go wrong: what happened, what to do, what was typed."""

import secrets
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from flask.globals import request_ctx
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from citizen_voice.db import db
from citizen_voice.errors import Busy, NotHere, Refusal, TooMany
from citizen_voice.web.access import SAFE_METHODS, StaffSessionEnded
from citizen_voice.web.forgery import FIELD, Forged, StaleToken
from citizen_voice.web.htmx import page, wants_fragment
from citizen_voice.words import _

log = structlog.get_logger()

PASSWORDS = frozenset({"password", "new_password", "confirm_password", "confirm_code"})
NEVER_KEPT = frozenset({FIELD, "code", "email"}) | PASSWORDS

TITLES = {
    400: _("That address isn't quite right"),
    403: _("We can't do that"),
    404: _("We can't find that page"),
    405: _("That address can't be used like this"),
    409: _("Something changed meanwhile"),
    410: _("This isn't here any more"),
    413: _("That's too much at once"),
    422: _("We can't do that"),
    429: _("Please wait a little"),
    500: _("Something went wrong on our side"),
    503: _("We can't save that just now"),
}
EXPLANATIONS = {
    400: _("Part of the address is missing or was changed. Go back and try again."),
    404: _("It may have been moved, or the address may have a letter too many or too few."),
    405: _("Go back, and use the buttons on the page."),
    413: _("What you sent is larger than we can take. Make it shorter and send it again."),
    500: _("It is not your fault. Please try again in a minute. If it happens again, tell us."),
}
UNREADABLE_TITLE = _("We can't show that just now")
UNREADABLE = _("It is not your fault, and nothing is lost. Please try again in a minute.")
OWN_TITLES: dict[type[Refusal], object] = {
    Forged: _("That came from another site"),
    StaleToken: _("Please send that once more"),
}
OTHER_TITLE = _("We can't do that")
OTHER_EXPLANATION = _("Go back and try again.")


Tell = Callable[[int, str, str, str | None], Response]
_below: dict[str, Tell] = {}

RETRY_AFTER = "5"  # seconds
LAST_KNOWN = "citizen_voice.last_known_settings"


class Unknown:
    """Stands for the site's settings while the database has not told any yet."""

    name_en = "Citizen Voice"

    def __getattr__(self, name: str) -> str:
        return ""


def tell_below(prefix: str, tell: Tell) -> None:
    """Have another answer than a page below some address, for readers that are no people.

    ``tell`` is given the status, what happened, what to do, and the reference where there is one.
    """
    _below[prefix] = tell


def add(app: Flask) -> None:
    """Register the pages."""

    @app.after_request
    def remember(response: Response) -> Response:
        if "site" in g and not isinstance(g.site, Unknown):
            app.extensions[LAST_KNOWN] = g.site
        return response

    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, by_status)
    app.register_error_handler(OperationalError, database_unwell)
    app.register_error_handler(Exception, unexpected)


def refused(refusal: Refusal) -> Response:
    """A service or a check refused: its own words."""
    log.info("refused", status=refusal.status, kind=type(refusal).__name__)
    title = OWN_TITLES.get(type(refusal))
    response = show(
        refusal.status,
        explanation=None if isinstance(refusal, NotHere) else refusal.words,
        title=title,
        again=isinstance(refusal, StaffSessionEnded | StaleToken | Busy | TooMany),
        sign_in=isinstance(refusal, StaffSessionEnded),
        keep=not isinstance(refusal, Forged),
    )
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, Busy):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def by_status(error: HTTPException) -> Response:
    """What Werkzeug and Flask raise, in our words."""
    status = error.code or 500
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, OperationalError):  # before the request began: while its session was read
        return database_unwell(cause)
    if 300 <= status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, as it is
    response = show(status)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def database_unwell(error: OperationalError) -> Response:
    """The database could not be read. The page does without it: who asks counts as a visitor."""
    log.error("database", error=type(error.orig).__name__)
    g.setdefault("site", current_app.extensions.get(LAST_KNOWN, Unknown()))
    if request_ctx._session is None:  # noqa: SLF001  # Flask has no other way to ask
        nobody = current_app.session_interface.make_null_session(current_app)
        request_ctx._session = nobody  # noqa: SLF001  # nor to go on without a session
    if request.method not in SAFE_METHODS:
        return refused(Busy())
    response = show(503, title=UNREADABLE_TITLE, explanation=UNREADABLE)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def unexpected(error: Exception) -> Response:
    """A mistake of ours: a reference number on the page, the rest in the log."""
    reference = secrets.token_hex(4)
    log.error("unexpected", reference=reference, exc_info=error)
    return show(500, reference=reference)


def show(
    status: int,
    *,
    explanation: object | None = None,
    title: object | None = None,
    reference: str | None = None,
    again: bool = False,
    keep: bool = True,
    sign_in: bool = False,
) -> Response:
    """The page (or, for htmx, its fragment into the alert's place)."""
    db.session.rollback()
    title = title or TITLES.get(status, OTHER_TITLE)
    explanation = explanation or EXPLANATIONS.get(status, OTHER_EXPLANATION)
    tell = next((tell for prefix, tell in _below.items() if request.path.startswith(prefix)), None)
    if tell is not None:
        response = tell(status, str(title), str(explanation), reference)
        response.headers["Cache-Control"] = "no-store"
        return response
    context: dict[str, Any] = {
        "status": status,
        "title": title,
        "explanation": explanation,
        "reference": reference,
        "kept": _typed() if keep else [],
        "sign_in": sign_in,
        "again": _again() if again and request.method not in SAFE_METHODS else None,
    }
    response = page("errors/error.html", block="fragment", **context)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if wants_fragment():
        response.headers["HX-Retarget"] = "#alert"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _again() -> dict[str, Any]:
    """The form as it was sent, to be sent once more with a fresh token."""
    sent = request.form.items(multi=True)
    known = current_user.is_authenticated  # else their token is the only one there is
    sent = ((name, value) for name, value in sent if name not in PASSWORDS)  # asked again there
    fields = [(name, value) for name, value in sent if name != FIELD or not known]
    return {"url": request.script_root + request.full_path.rstrip("?"), "fields": fields}


def _typed() -> list[tuple[str, str]]:
    """What somebody typed, to be given back; never a code, a token or an address."""
    if request.method in SAFE_METHODS:
        return []
    try:
        items = request.form.items(multi=True)
        return [(name, value) for name, value in items if name not in NEVER_KEPT and value.strip()]
    except HTTPException:  # the form itself was the trouble
        return []
