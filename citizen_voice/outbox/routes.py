"""In development: the letters, on a page instead of in somebody's mailbox."""

from uuid import UUID

from flask import Blueprint, Response, make_response

from citizen_voice.errors import NotHere
from citizen_voice.outbox import queries
from citizen_voice.team import codes
from citizen_voice.team import queries as team
from citizen_voice.web.access import development_only
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page

bp = Blueprint("outbox", __name__)

AS_A_MAIL_PROGRAM = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"


@bp.get("/outbox")
@development_only
def index() -> Response:
    """The newest letters, and the codes that the phones of the demonstration's staff show now."""
    never_store()
    staff = [
        (row.email, codes.code_now(codes.device_secret(row.totp_seed, row.person_id)))
        for row in team.devices()
    ]
    return page("outbox/index.html", mails=queries.newest(), staff=staff)


@bp.get("/outbox/<uuid:mail_id>/html")
@development_only
def html(mail_id: UUID) -> Response:
    """A letter as a mail program shows it: its own styles, and nothing that acts."""
    never_store()
    found = queries.html(mail_id)
    if found is None:
        raise NotHere
    response = make_response(found)
    response.headers["Content-Security-Policy"] = AS_A_MAIL_PROGRAM
    return response
