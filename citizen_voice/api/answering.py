"""Answers: JSON with its tag, the links of a list, and the way to another address."""

from collections.abc import Callable
from typing import Any

from flask import Response, request
from pydantic import BaseModel

from citizen_voice.api.addresses import Address
from citizen_voice.api.parameters import read
from citizen_voice.api.shown import address
from citizen_voice.web import fresh

KIND = "application/json"


def asked(of: Address) -> dict[str, Any]:
    """What the request asks for; raises ``BadParameter``."""
    return read(of.parameters, request.args)


def next_page(of: Address, after: object | None, **path: Any) -> str | None:
    """The address where the list at hand goes on; ``None`` at its end."""
    if after is None:
        return None
    said = request.args.to_dict() | {"after": str(after)}
    return address(f"api.{of.endpoint}", **path, **said)


def first_page(of: Address, **path: Any) -> str:
    """The address where the list at hand begins."""
    said = {name: value for name, value in request.args.items() if name != "after"}
    return address(f"api.{of.endpoint}", **path, **said)


def answer(
    make: Callable[[], BaseModel], *shown: Any, links: dict[str, str | None] | None = None
) -> Response:
    """What ``make`` gives, or a 304 to who has it already.

    ``shown`` is everything read for it. ``links`` are relations and addresses.
    """
    tag = fresh.tag(*shown)
    response = Response(mimetype=KIND)
    if fresh.is_known(tag):
        response.status_code = 304
    else:
        response.set_data(fresh.body_for(tag, lambda: make().model_dump_json()))
    said = [f'<{to}>; rel="{name}"' for name, to in (links or {}).items() if to is not None]
    if said:
        response.headers["Link"] = ", ".join(said)
    return response


def lead_to(there: str) -> Response:
    """It is found elsewhere now, which may change again."""
    response = Response(status=302, mimetype=KIND)
    response.headers["Location"] = there
    return response
