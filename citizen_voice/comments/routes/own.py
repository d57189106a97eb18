"""What somebody does with their own comment: edit it, take it away, put it back."""

from typing import Any

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.comments import queries, services
from citizen_voice.comments.forms import Box, CommentForm
from citizen_voice.comments.limits import DAILY, HOURLY
from citizen_voice.comments.routes.blueprint import bp
from citizen_voice.comments.routes.reading import Shown, seen
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import contacts
from citizen_voice.web.access import described, members
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _


def describe_edit(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Edit my comment"))


@bp.route("/comments/<comment_id>/edit", methods=["GET", "POST"])
@members
@described(describe_edit)
def edit(comment_id: str) -> Response:
    """Change one's own comment; every change makes a version."""
    shown = _mine(comment_id)
    row = shown.card.row
    if row.removed_at is not None:
        raise NotHere
    form = CommentForm(comment=row.body, lang=row.language)
    warning: list[str] = []
    if form.validate_on_submit():
        warning = [] if form.confirm.data else contacts.found(form.comment.data or "")
        if not warning:
            try:
                for limit in (HOURLY, DAILY):
                    limits.hit(limit, str(current_user.id))
                with write():
                    services.edit(
                        row.id,
                        current_user.id,
                        body=form.comment.data or "",
                        language=form.lang.data,
                    )
                return go(url_for("comments.detail", comment_id=comment_id, done="comment-edited"))
            except Refusal as refusal:
                form.refuse(refusal)
    box = Box(url_for("comments.edit", comment_id=comment_id), "edit", "")
    box.fill(form, open_=shown.closed is None, warning=warning)
    return page(
        "comments/edit.html",
        status=422 if warning else 200,
        form=form,
        about=shown,
        card=shown.card,
        box=box,
    )


def describe_removal(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Take my comment away"))


@bp.post("/comments/<comment_id>/remove")
@members
@described(describe_removal)
def remove(comment_id: str) -> Response:
    """Take one's own comment away."""
    _mine(comment_id)
    with write():
        services.remove(queries.key(comment_id), current_user.id)
    return _changed(comment_id, done="comment-removed")


def describe_restoring(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Put my comment back"))


@bp.post("/comments/<comment_id>/restore")
@members
@described(describe_restoring)
def restore(comment_id: str) -> Response:
    """Put back what one took away, within the hour."""
    _mine(comment_id)
    with write():
        services.restore(queries.key(comment_id), current_user.id)
    return _changed(comment_id, done="comment-restored")


def _mine(comment_id: str) -> Shown:
    shown = seen(comment_id)
    if not shown.card.mine:
        raise NotHere
    return shown


def _changed(comment_id: str, *, done: str) -> Response:
    if not wants_fragment():
        return go(url_for("comments.detail", comment_id=comment_id, done=done))
    card = _mine(comment_id).card
    return page("comments/_posted.html", block="own", card=card, total=card.row.total)
