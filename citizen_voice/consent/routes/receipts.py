"""Receipts of one's own choices: as a page, and as JSON to keep."""

import json
from collections.abc import Sequence

from flask import Response, current_app, make_response
from flask_login import current_user

from citizen_voice.consent import queries, receipts, wording
from citizen_voice.consent.receipts import Recipient
from citizen_voice.consent.routes.blueprint import bp
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere
from citizen_voice.records import queries as records
from citizen_voice.records.wording import TRANSFERS
from citizen_voice.web.access import members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page


@bp.get("/my-data/receipts/<int:entry>")
@members
def receipt(entry: int) -> Response:
    """One receipt, in plain words."""
    found = _own(entry)
    recipients = _recipients(found.purpose)
    return page(
        "consent/receipt.html",
        entry=found,
        asked=wording.asked(found.purpose),
        control=wording.CONTROLS[found.control],
        line=wording.line(found),
        recipients=recipients,
        brief=queries.brief_of(found),
        said=_receipt(found, recipients),
    )


@bp.get("/my-data/receipts/<int:entry>.json")
@members
def receipt_file(entry: int) -> Response:
    """The same as JSON-LD."""
    never_store()
    found = _own(entry)
    told = _receipt(found, _recipients(found.purpose))
    said = json.dumps(told, ensure_ascii=False, indent=2)
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


def _recipients(purpose: str) -> list[Recipient]:
    """The officer's processors for a purpose, those that go on."""
    return [
        Recipient(row.id, row.name, row.place, row.transfer != "none", TRANSFERS[row.transfer])
        for row in records.at_work()
        if purpose in row.purposes
    ]


def _receipt(entry: AnyRow, recipients: Sequence[Recipient]) -> dict[str, object]:
    purpose = queries.purpose(entry.purpose)
    return receipts.receipt(entry, purpose, current_app.config["BASE_URL"], recipients)
