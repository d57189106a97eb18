"""Page and fragment are one template. What htmx 4 says of its requests is read here alone."""

from typing import Any

from flask import Response, current_app, make_response, redirect, request
from jinja2_fragments import render_block
from werkzeug.urls import iri_to_uri

from citizen_voice.web import fresh, templates

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


def page(
    template: str,
    *,
    block: str | None = None,
    status: int = 200,
    shown: object | None = None,
    **context: Any,
) -> Response:
    """The whole page, or the named block of it when htmx asks for one.

    A form that was submitted and refused makes the status 422. ``shown`` is everything read for the
    page that differs from one time to the next (rows): with it, who has the page already gets a 304
    before anything is rendered.
    """
    form = context.get("form")
    if status == 200 and form is not None and (form.errors or context.get("refusal")):
        status = 422
    part = block if wants_fragment() else None

    def render() -> str:
        environment = templates.environment()
        current_app.update_template_context(context)
        if part is not None:
            return render_block(environment, template, part, context)
        return environment.get_template(template).render(context)

    if shown is None or status != 200:
        return make_response(render(), status)
    tag = fresh.tag(template, (part, target()) if part else None, shown)
    if fresh.is_known(tag):
        return fresh.not_modified()
    return make_response(fresh.body_for(tag, render), status)


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
