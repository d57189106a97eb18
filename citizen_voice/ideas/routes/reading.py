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
from citizen_voice.ideas.models import HELD, HIDDEN, WITHDRAWN
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes import arriving
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.joined import is_joined, lead_on
from citizen_voice.merging import queries as merging
from citizen_voice.merging.shown import joined_with
from citizen_voice.moderation import waits
from citizen_voice.moderation.services import Subject
from citizen_voice.news import hearing
from citizen_voice.pilots.cards import TrialCard
from citizen_voice.pilots.queries import trials as pilots
from citizen_voice.replies import queries as replies
from citizen_voice.replies.cards import reply_card
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, page, target, wants_fragment
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


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
    row = queries.shown(ref, hearing.mine(reader_id()), replies.BESIDE)
    lead_on(row, **arriving.named(request.args))
    return idea_page(row)


def idea_page(row: AnyRow, *, refusal: Refusal | None = None) -> Response:
    """The page of an idea, or what is shown instead to who may not see it.

    In place of one that was joined with another, the other's.
    """
    if is_joined(row):
        ref = reference(row.id)
        there = reference(merging.survivor(row.id))
        row = queries.shown(there, hearing.mine(reader_id()), replies.BESIDE)
        if refusal is not None:
            refusal.words = _("%(ref)s was joined with this idea. This is its page now.", ref=ref)
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
    joined = joined_with(row, reader_id())
    wait = _wait(idea)
    arrival = arriving.arrival(row.id)
    return page(
        "ideas/detail.html",
        block="answer",
        status=status,
        shown=None
        if withdrawal is not None
        else (tuple(row), facts, joined and joined.facts, wait and wait.so_far, arrival),
        idea=idea,
        arrival=arrival,
        discussion=discussion,
        wait=wait,
        reply=None if wants_fragment() else reply_card(replies.beside(row)),
        trials=[TrialCard(each) for each in pilots.of_idea(row.id)],
        mover=_mover(idea),
        joined=joined,
        hears=None if wants_fragment() else hearing.of_idea(row, reader_id()),
        refusal=words,
    )


def _mover(idea: Detail) -> TrialCard | None:
    """The trial that moved it where it is, where one did."""
    found = None if idea.trial_moved is None else pilots.one(idea.trial_moved)
    return None if found is None else TrialCard(found)


def _wait(idea: Detail) -> waits.Wait | None:
    """How long it has waited for a moderator, for its author."""
    if idea.is_author and (idea.visibility == HELD or idea.edit_waits):
        return waits.of(Subject(idea_id=idea.id))
    return None
