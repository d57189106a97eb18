"""What somebody wanted to do before they were signed in: kept, and done once they are.

A visitor's form to an address for members is put, as it was sent, into the sign-in under way, where
that address says what it is about to do (``access.described``): the sign-in page shows the words,
so nobody finishes by accident what somebody else began on a shared computer. When the sign-in is
finished the view of that address gets the form as if it had been sent just then, and its answer is
the answer to the sign-in: people land where they were, with the thing done.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, current_app, make_response, request, url_for
from flask.ctx import RequestContext
from flask.globals import request_ctx
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.test import EnvironBuilder

from citizen_voice.accounts import pending
from citizen_voice.errors import Refusal
from citizen_voice.web.access import SAFE_METHODS
from citizen_voice.web.forgery import FIELD
from citizen_voice.web.htmx import go
from citizen_voice.words import force_locale, language

LARGEST_INTENT = 32 * 1024  # bytes; the longest idea is a third of that, sent as a form


def ask_to_sign_in() -> Response:
    """The answer to a visitor at an address for members."""
    if request.method in SAFE_METHODS:
        back = request.script_root + request.full_path.rstrip("?")
        return go(url_for("accounts.sign_in", next=back))
    if _describe(request.endpoint) is None:
        return go(url_for("accounts.sign_in", next=_page_before()))
    if (request.content_length or 0) > LARGEST_INTENT:
        raise RequestEntityTooLarge
    response = go(url_for("accounts.sign_in"))
    pending.start(response, next_address="", intent=_intent())
    return response


def _describe(endpoint: str | None) -> Callable[..., str] | None:
    """What says, in a few words, what a form to this endpoint is about to do."""
    view = current_app.view_functions.get(endpoint or "")
    describe: Callable[..., str] | None = getattr(view, "describe_intent", None)
    return describe


def _intent() -> dict[str, Any]:
    return {
        "endpoint": request.endpoint,
        "path": request.full_path.rstrip("?"),
        "language": language(),
        "form": [[k, v] for k, v in request.form.items(multi=True) if k != FIELD],
    }


def _page_before() -> str:
    """Where the form stood, as far as the browser tells; else the home page."""
    host, _slash, path = (request.referrer or "").partition("://")[2].partition("/")
    return "/" + path if host == request.host else url_for("site.home")


def words(intent: dict[str, Any] | None) -> str | None:
    """What they were about to do, in a few words; ``None`` where there is nothing to say."""
    describe = _describe(intent["endpoint"]) if intent is not None else None
    if intent is None or describe is None:
        return None
    try:
        return str(describe(MultiDict(intent["form"]), **_args(intent)))
    except (Refusal, HTTPException):  # it has gone meanwhile: they are told once they are signed in
        return None


def _args(intent: dict[str, Any]) -> Any:
    """The view's arguments, as its route reads them from the path: keys and numbers, not texts."""
    routes = current_app.url_map.bind("localhost")
    return routes.match(intent["path"].partition("?")[0], method="POST")[1]


def replay(intent: dict[str, Any]) -> Response:
    """Do it now, as the person who has just signed in; gives the view's answer."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # a proxy
    prefix = "/cy" if intent["language"] == "cy" else ""
    environ = EnvironBuilder(
        intent["path"],
        base_url=request.host_url.rstrip("/") + prefix,
        method="POST",
        data=MultiDict(intent["form"]),
        environ_base={"REMOTE_ADDR": request.remote_addr or ""},
    ).get_environ()
    context = RequestContext(app, environ, session=request_ctx.session)
    with force_locale(intent["language"]), context:
        view = app.view_functions[intent["endpoint"]]
        try:
            answer = view(**_args(intent))
        except Exception as error:  # noqa: BLE001  # as for any request: a page for it
            answer = app.handle_user_exception(error)
        return make_response(answer)
