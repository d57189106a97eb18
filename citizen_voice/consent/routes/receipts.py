"""Receipts of one's own choices: as a page, and as JSON to keep."""

import json

from flask import Response, current_app, make_response
from flask_login import current_user

from citizen_voice.consent import queries, receipts, wording
from citizen_voice.consent.routes.blueprint import bp
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere
from citizen_voice.web.access import members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page


@bp.get("/my-data/receipts/<int:entry>")
@members
def receipt(entry: int) -> Response:
    """One receipt, in plain words."""
    found = _own(entry)
    return page(
        "consent/receipt.html",
        entry=found,
        asked=wording.asked(found.purpose),
        control=wording.CONTROLS[found.control],
        line=wording.line(found),
        said=_receipt(found),
    )


@bp.get("/my-data/receipts/<int:entry>.json")
@members
def receipt_file(entry: int) -> Response:
    """The same as JSON-LD."""
    never_store()
    said = json.dumps(_receipt(_own(entry)), ensure_ascii=False, indent=2)
    response = make_response(said.encode() + b"\n")
    response.mimetype = "application/ld+json"
    name = f"receipt-{entry}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own(entry: int) -> AnyRow:
    """An entry of one's own; raises ``NotHere`` for another's, which is as if it were none."""
    found = queries.entry(current_user.id, entry)
    if found is None:
        raise NotHere
    return found


def _receipt(entry: AnyRow) -> dict[str, object]:
    purpose = queries.purpose(entry.purpose)
    return receipts.receipt(entry, purpose, current_app.config["BASE_URL"])
