"""In development: the letters, on a page instead of in somebody's mailbox."""

from flask import Blueprint, Response

from citizen_voice.outbox import queries
from citizen_voice.team import codes
from citizen_voice.team import queries as team
from citizen_voice.web.access import development_only
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page

bp = Blueprint("outbox", __name__)


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
