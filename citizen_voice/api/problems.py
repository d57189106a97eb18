"""What goes wrong below ``/api/``, said to programs: problem details (RFC 9457)."""

import json
from typing import Any

from flask import Response

from citizen_voice.errors import Refusal
from citizen_voice.web.openly import CORS
from citizen_voice.web.sharing import permanent
from citizen_voice.words import _

BELOW = "/api/"
KIND = "application/problem+json"
PAGE = "/api/v1/docs"
PROBLEMS: dict[int, Any] = {
    400: _("A parameter is unknown, comes twice, or has a value that it can’t have."),
    404: _("There is nothing at that address, or nothing that everybody can read."),
    405: _("The API can only be read: GET, HEAD and OPTIONS."),
    410: _("A moderator has hidden this idea."),
    500: _("A mistake of ours. Try again in a minute."),
    503: _("The database does not answer just now. Try again soon."),
}
OF_PAGES = (404, 405)
"""What pages say of these helps people alone."""


class BadParameter(Refusal):
    """A parameter is unknown, comes twice, or has a value that it cannot have."""

    status = 400


class Gone(Refusal):
    """It was there and is hidden now."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("A moderator has hidden this idea."))


def problem(status: int, title: str, detail: str, reference: str | None) -> Response:
    """The answer to a request that went wrong. ``reference`` leads to the log."""
    if status in OF_PAGES:
        detail = str(PROBLEMS[status])
    said = {
        "type": f"{permanent(PAGE)}#problem-{status}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if reference is not None:
        said["reference"] = reference
    response = Response(json.dumps(said, ensure_ascii=False), status=status)
    response.headers["Content-Type"] = KIND
    response.headers.update(CORS)
    return response
