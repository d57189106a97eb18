"""Joined ideas: from the one to the other, and taking one's answer out of it."""

from typing import Any

from flask import Blueprint, Response, url_for
from flask_login import current_user

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Busy, NotHere, Refusal
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.routes.joined import is_joined
from citizen_voice.ideas.routes.reading import idea_page
from citizen_voice.merging import queries, services
from citizen_voice.merging.shown import joined_with
from citizen_voice.web.access import described, members
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, wants_fragment
from citizen_voice.words import _

bp = Blueprint("merging", __name__)


def describe_not_mine(_form: Any, ref: str) -> str:
    """For the sign-in page: what they were about to do."""
    return str(_("Take my answer out of ‘%(title)s’", title=_seen(ref, None).title))


@bp.post("/ideas/<ref>/not-mine")
@members
@described(describe_not_mine)
def not_mine(ref: str) -> Response:
    """Take one's answer out of an idea, where it came along with one that was joined with it."""
    row = _seen(ref, current_user.id)
    joined = joined_with(row, current_user.id)
    refusal: Refusal | None = None
    try:
        with write():
            if joined is None or joined.moved_by is None:
                raise services.NothingToTakeOut
            services.not_mine(current_user.id, joined.moved_by)
    except (Busy, NotHere):
        raise
    except Refusal as refused:
        refusal = refused
    if wants_fragment() and refusal is not None:
        raise refusal
    if wants_fragment() or refusal is not None:
        return idea_page(_seen(ref, current_user.id), refusal=refusal)
    address = url_for("ideas.detail", ref=reference(row.id), done="not-mine", _anchor="answer")
    return go(address)


def _seen(ref: str, reader: Any) -> AnyRow:
    """The idea that stays, which this person may see; raises ``NotHere``."""
    row = ideas.shown(ref, queries.mine(reader))
    if is_joined(row):
        row = ideas.shown(reference(queries.survivor(row.id)), queries.mine(reader))
    if not policies.can_see(row, reader):
        raise NotHere
    return row
