"""Replies that were given: the list, one of them, and taking one back."""

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.ideas.lists import key
from citizen_voice.replies import queries, services
from citizen_voice.replies.given import Given, Sent
from citizen_voice.replies.staff_routes.blueprint import bp
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page


@bp.get("/staff/replies/sent")
@role(MODERATOR)
def sent() -> Response:
    """All replies, the newest first."""
    found, further = queries.sent(key(request.args.get("after")))
    return page(
        "replies/sent.html",
        replies=[Sent(row) for row in found],
        next_url=further and url_for("replies_staff.sent", after=further),
        from_the_top=not request.args.get("after"),
    )


@bp.get("/staff/replies/<int:reply_id>")
@role(MODERATOR)
def given(reply_id: int) -> Response:
    """One reply, and the ideas that it is to."""
    return page("replies/given.html", reply=Given(queries.with_ideas(reply_id)))


@bp.post("/staff/replies/<int:reply_id>/take-back")
@role(MODERATOR)
def take_back(reply_id: int) -> Response:
    """Undo it: everything is as it was before."""
    queries.with_ideas(reply_id)
    with write():
        services.take_back(reply_id, actor=current_user.id)
    if request.form.get("from") == "due":
        return go(url_for("replies_staff.due", done="reply-taken-back"))
    return go(url_for("replies_staff.given", reply_id=reply_id, done="reply-taken-back"))
