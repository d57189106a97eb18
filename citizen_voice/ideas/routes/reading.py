"""Reading: the list of ideas, and one idea."""

from typing import Any

from flask import Response, g, request
from flask_login import current_user

from citizen_voice.answers import queries as answers
from citizen_voice.comments import section as comments
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import policies, queries
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.history import Withdrawal
from citizen_voice.ideas.lists import Listing, from_the_top
from citizen_voice.ideas.models import HIDDEN, WITHDRAWN
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import go, page, target, wants_fragment
from citizen_voice.web.templates import url_for


def reader_id() -> Any:
    """The key of who reads, ``None`` for visitors."""
    return current_user.id if current_user.is_authenticated else None


@bp.get("/ideas")
@everyone
def index() -> Response:
    """All ideas of all challenges."""
    try:
        listing = Listing(
            request.args,
            lambda **further: url_for("ideas.index", **further),
            mine=answers.mine(reader_id()),
            offset=g.site.fair_offset,
        )
    except Reshuffled:
        return go(url_for("ideas.index", done="reshuffled", **from_the_top(request.args)))
    block = "more" if target() == "more" else "listing"
    return page("ideas/index.html", block=block, shown=listing.shown, listing=listing)


@bp.get("/ideas/<ref>")
@everyone
def detail(ref: str) -> Response:
    """One idea."""
    row = queries.shown(ref, answers.mine(reader_id()))
    return idea_page(row)


def idea_page(row: AnyRow, *, refusal: Refusal | None = None) -> Response:
    """The page of an idea, or what is shown instead to who may not see it."""
    if not policies.can_see(row, reader_id()):
        if row.visibility == HIDDEN:
            return page("ideas/hidden.html", status=410)
        raise NotHere
    withdrawn = row.stage == WITHDRAWN
    withdrawal = Withdrawal(queries.withdrawal(row.id)) if withdrawn else None
    idea = Detail(row, reader_id(), withdrawal)
    status = 200 if refusal is None else refusal.status
    words = None if refusal is None else refusal.words
    discussion = None if wants_fragment() else comments.on_idea_page(row, reader_id())
    facts = None if discussion is None else discussion.facts
    return page(
        "ideas/detail.html",
        block="answer",
        status=status,
        shown=None if withdrawal is not None else (tuple(row), facts),
        idea=idea,
        discussion=discussion,
        refusal=words,
    )
