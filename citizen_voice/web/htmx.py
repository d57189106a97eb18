"""Page and fragment are one template. What htmx 4 says of its requests is read here alone."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.urls import iri_to_uri

VARY = ("Cookie", "HX-Request", "HX-Request-Type", "HX-History-Restore-Request")


def wants_fragment() -> bool:
    """Whether the request is htmx's for a part of a page.

    Not for a boosted navigation or a history restore: those want the page.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type") == "partial"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page(template: str, *, block: str | None = None, status: int = 200, **context: Any) -> Response:
    """The whole page, or the named block of it when htmx asks for one.

    A form that was submitted and refused makes the status 422.
    """
    form = context.get("form")
    if status == 200 and form is not None and (form.errors or context.get("refusal")):
        status = 422
    if block is not None and wants_fragment():
        body = render_block(template, block, **context)
    else:
        body = render_template(template, **context)
    return make_response(body, status)


def go(address: str) -> Response:
    """Send the browser on after a form was done with (303); htmx loads the page it names."""
    if request.headers.get("HX-Request") == "true":
        response = make_response("", 204)
        response.headers["HX-Redirect"] = iri_to_uri(address)  # headers are Latin-1
        return response
    return make_response(redirect(address, 303))


def target() -> str | None:
    """The id of the element that htmx will put the answer into, where it says so."""
    said = request.headers.get("HX-Target", "")
    return said.rpartition("#")[2] or None if wants_fragment() else None
