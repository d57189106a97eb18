"""What somebody does with their own comment: edit it, take it away, put it back."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.comments import policies, queries, services
from citizen_voice.comments import versions as comment_versions
from citizen_voice.comments.forms import Box, CommentForm
from citizen_voice.comments.limits import DAILY, HOURLY, PUT_BACK
from citizen_voice.comments.models import HELD, PUBLISHED
from citizen_voice.comments.routes.blueprint import bp
from citizen_voice.comments.routes.reading import seen
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import contacts
from citizen_voice.ideas import queries as ideas
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
    shown = seen(comment_id)
    row = shown.card.row
    if not shown.card.mine or row.removed_at is not None:
        raise NotHere
    latest = comment_versions.waiting(row) or row
    form = CommentForm(comment=latest.body, lang=latest.language)
    warning: list[str] = []
    if form.validate_on_submit():
        warning = [] if form.confirm.data else contacts.found(form.comment.data or "")
        if not warning:
            try:
                for limit in (HOURLY, DAILY):
                    limits.hit(limit, str(current_user.id))
                with write():
                    said = services.edit(
                        row.id,
                        current_user.id,
                        body=form.comment.data or "",
                        language=form.lang.data,
                    )
                return go(url_for("comments.detail", comment_id=comment_id, done=_saved(said.id)))
            except Refusal as refusal:
                form.refuse(refusal)
    box = Box(url_for("comments.edit", comment_id=comment_id), "edit", "")
    box.fill(form, open_=shown.place.closed is None, warning=warning)
    return page(
        "comments/edit.html",
        status=422 if warning else 200,
        form=form,
        about=shown,
        card=shown.card,
        box=box,
        waits=_edits_wait(row),
    )


def _edits_wait(row: AnyRow) -> bool:
    """Whether new words of it wait. Those of a comment on a pilot never do."""
    if row.idea_id is None:
        return False
    return policies.edits_wait(row, ideas.standing(row.idea_id).moderation)


def _saved(comment_id: UUID) -> str:
    """What has become of words that were edited."""
    row, _above = queries.one(comment_id)
    if row.visibility != PUBLISHED:
        return "comment-waiting" if row.visibility == HELD else "comment-saved"
    return "comment-edited" if comment_versions.waiting(row) is None else "comment-edit-waits"


def describe_removal(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Take my comment away"))


@bp.post("/comments/<comment_id>/remove")
@members
@described(describe_removal)
def remove(comment_id: str) -> Response:
    """Take one's own comment away: at any time, also where its place is no longer shown."""
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
    limits.hit(PUT_BACK, str(current_user.id))
    with write():
        services.restore(queries.key(comment_id), current_user.id)
    return _changed(comment_id, done="comment-restored")


def _changed(comment_id: str, *, done: str) -> Response:
    if not wants_fragment():
        return go(url_for("comments.detail", comment_id=comment_id, done=done))
    card = seen(comment_id, own=True).card
    return page("comments/_posted.html", block="own", card=card, total=card.row.total)
