"""What is made of an idea to pass it on."""

from flask import Response, url_for

from citizen_voice.answers import queries as answers
from citizen_voice.errors import NotHere
from citizen_voice.ideas import policies, queries
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.web import qr
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import reference
from citizen_voice.web.sharing import permanent


@bp.get("/ideas/<ref>/qr.svg")
@everyone
def qr_code(ref: str) -> Response:
    """The QR code of an idea's address."""
    row = queries.shown(ref, answers.mine(None))
    if not policies.can_see(row, None):
        raise NotHere
    lead_on(row)
    return qr.picture(permanent(url_for("ideas.detail", ref=reference(row.id))))
