"""Joining two ideas that say the same, and taking them apart again."""

from flask import Response, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.board import services
from citizen_voice.board.forms import MergeForm
from citizen_voice.board.pairs import Joined, Side
from citizen_voice.board.queries import pairs
from citizen_voice.board.staff_routes.blueprint import bp
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.lists import key
from citizen_voice.ideas.queries import number
from citizen_voice.ideas.queries.lists import LARGEST_NUMBER
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


@bp.get("/staff/merge")
@role(MODERATOR)
def merge() -> Response:
    """The two ideas of the address, ``from`` and ``into``, side by side; or a form that asks."""
    source, into = (request.args.get(name, "").strip() for name in ("from", "into"))
    if source and into:
        try:
            return _beside(source, into, MergeForm())
        except NotHere as missing:
            refusal: Refusal | None = missing
    else:
        refusal = None
    words = _("There is no idea with one of these numbers.") if refusal else None
    status = 200 if refusal is None else refusal.status
    return page("board/choose.html", status=status, source=source, into=into, refusal=words)


@bp.post("/staff/merge")
@role(MODERATOR)
def join() -> Response:
    """Join them."""
    form = MergeForm()
    source, into = form.source.data or "", form.into.data or ""
    if form.validate_on_submit():
        try:
            with write():
                services.join(
                    number(source),
                    number(into),
                    actor=current_user.id,
                    reason=(form.reason.data or "").strip(),
                )
        except NotHere:
            raise
        except Refusal as refusal:
            form.refuse(Refusal(refusal.words))
        else:
            return go(url_for("board.merges", done="ideas-joined"))
    return _beside(source, into, form)


@bp.get("/staff/merges")
@role(MODERATOR)
def merges() -> Response:
    """The joins that were made, the newest first."""
    now = clock.now()
    found, after = pairs.merges(key(request.args.get("before")) or LARGEST_NUMBER)
    return page(
        "board/merges.html",
        merges=[Joined(row, now) for row in found],
        older=after and url_for("board.merges", before=after),
    )


@bp.post("/staff/merges/<int:merge_id>/undo")
@role(MODERATOR)
def part(merge_id: int) -> Response:
    """Take two ideas apart again."""
    if merge_id > LARGEST_NUMBER:
        raise NotHere
    with write():
        services.part(merge_id, actor=current_user.id)
    return go(url_for("board.merges", done="ideas-apart"))


def _beside(source: str, into: str, form: MergeForm) -> Response:
    now = clock.now()
    first, second = (Side(row, now) for row in pairs.pair(number(source), number(into)))
    swap = {"from": reference(second.id), "into": reference(first.id)}
    return page(
        "board/merge.html",
        form=form,
        source=first,
        into=second,
        answered_both=first.row.answered_both,
        swap_url=url_for("board.merge", **swap),
    )
