"""Names that stand in what others wrote, after somebody left: looked at one by one."""

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.privacy import mentions as places
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web import pagination
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import go, page

bp = Blueprint("privacy_staff", __name__)


@bp.get("/staff/privacy/mentions")
@role(PRIVACY_OFFICER)
def mentions() -> Response:
    """What nobody has looked at yet."""
    after = request.args.get("after")
    place = pagination.decode(after, 1)[0] if after else 0
    if not 0 <= place < 2**31:
        raise pagination.BadCursor
    found = places.waiting(after=place)
    shown = found[: places.PAGE]
    next_url = None
    if len(found) > places.PAGE:
        at = pagination.encode(shown[-1].row.id)
        next_url = url_for("privacy_staff.mentions", after=at)
    return page("privacy/mentions.html", places=shown, next_url=next_url)


@bp.get("/staff/privacy/mentions.csv")
@role(PRIVACY_OFFICER)
def mentions_csv() -> Response:
    """All places, looked at or not, without any words."""
    header = ("number", "kind", "of", "version", "found", "looked at")
    return csv_sent(
        "mentions.csv",
        header,
        (
            (
                row.id,
                row.kind,
                row.comment_id or row.number,
                row.version,
                row.found_at,
                row.looked_at or "",
            )
            for row in places.every()
        ),
    )


@bp.post("/staff/privacy/mentions/<int:mention_id>")
@role(PRIVACY_OFFICER)
def look(mention_id: int) -> Response:
    """Somebody has looked at one."""
    with write():
        places.look_at(mention_id, actor=current_user.id)
    return go(url_for("privacy_staff.mentions", done="mention-looked-at"))
