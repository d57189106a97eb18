"""In development: the letters, on a page instead of in somebody's mailbox."""

from flask import Blueprint, Response

from citizen_voice.outbox import queries
from citizen_voice.web.access import development_only
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@development_only
def index() -> Response:
    """The newest letters."""
    never_store()
    return page("outbox/index.html", mails=queries.newest())
