"""Answering an idea: support, not for me, skip, or take it back; and one idea after another."""

from typing import Any

from flask import Blueprint, Response, g, make_response, request, url_for
from flask_login import current_user

from citizen_voice.accounts import ages
from citizen_voice.answers import queries, services
from citizen_voice.answers.cards import Answered, foot_html
from citizen_voice.answers.turns import Turn
from citizen_voice.challenges import queries as challenges
from citizen_voice.db import AnyRow
from citizen_voice.errors import Busy, NotHere, Refusal
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes import idea_page, reader_id
from citizen_voice.ideas.routes.arriving import named
from citizen_voice.merging import queries as merging
from citizen_voice.web import forgery
from citizen_voice.web.access import described, everyone, members
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _

bp = Blueprint("answers", __name__)

LIST, NEXT, ALIKE = "list", "next", "alike"


def describe_answer(form: Any, ref: str) -> str:
    """For the sign-in page: what they were about to do."""
    row = ideas.shown(ref, queries.mine(None))
    if not policies.can_see(row, None):
        raise NotHere
    sentences = {
        "support": _("Support ‘%(title)s’", title=row.title),
        "oppose": _("Say ‘not for me’ to ‘%(title)s’", title=row.title),
    }
    return str(sentences.get(form.get("value", ""), _("Answer ‘%(title)s’", title=row.title)))


GONE = Refusal(_("That idea is not there any more."))


@bp.post("/ideas/<ref>/answer")
@members
@described(describe_answer)
def answer(ref: str) -> Response:
    """Give, change or take back one's answer."""
    value, origin = request.form.get("value", ""), request.form.get("from")
    refusal: Refusal | None = None
    row: AnyRow | None = None
    try:
        if value != services.NONE:
            ages.refuse_too_young(current_user.age_band, current_user.joined_at, ages.TAKING_PART)
        row = services.answer(current_user.id, ideas.number(ref), value)
    except Busy:
        raise
    except NotHere:  # held or hidden meanwhile: its page says which
        held = ideas.shown(ref, queries.mine(current_user.id))
        return _next_turn(held, GONE) if origin == NEXT else idea_page(held)
    except Refusal as refused:
        refusal = refused
    if origin == NEXT:
        return _next_turn(ideas.shown(ref, queries.mine(current_user.id)), refusal)
    if not wants_fragment() and refusal is None:
        return go(_back(ref, taken_back=value == services.NONE))
    mine = None if value == services.NONE else value
    return _shown(ref, origin, None if row is None else Answered(row, mine), refusal)


def _shown(
    ref: str, origin: str | None, answered: Answered | None, refusal: Refusal | None
) -> Response:
    if refusal is not None and wants_fragment():
        raise refusal
    if origin == LIST and wants_fragment():
        card = answered or _as_it_stands(ref)
        return make_response(foot_html(card, forgery.field()))
    if origin == ALIKE and wants_fragment():
        card = answered or _as_it_stands(ref)
        return page("ideas/_alike_answer.html", block="answer", card=card)
    return idea_page(ideas.shown(ref, merging.mine(current_user.id)), refusal=refusal)


def _as_it_stands(ref: str) -> Detail:
    """The idea, where nothing was written: there was no answer to take back."""
    return Detail(ideas.shown(ref, queries.mine(current_user.id)), current_user.id)


def _back(ref: str, *, taken_back: bool) -> str:
    done = "taken-back" if taken_back else "answered"
    further: dict[str, Any] = {**named(request.form)}
    return url_for("ideas.detail", ref=ref.upper(), done=done, **further, _anchor="answer")


@bp.get("/challenges/<slug>/next")
@everyone
def next_idea(slug: str) -> Response:
    """One idea at a time, the fewest answered first: never one's own, nor one answered before."""
    last, again = _named("last"), _named("again")
    known = next((row for row in (last, again) if row is not None and row.slug == slug), None)
    row = challenges.published(slug) if known is None else known
    key = row.id if known is None else known.challenge_id
    try:
        turn = Turn(
            row,
            key,
            reader_id(),
            offset=g.site.fair_offset,
            after=request.args.get("after") or None,
            last=last,
            again=again,
        )
    except Reshuffled:  # what was answered is known all the same
        return go(url_for("answers.next_idea", slug=slug))
    return page("challenges/next.html", block="one", turn=turn)


def _named(argument: str) -> AnyRow | None:
    """The idea whose reference stands in the address; ``None`` for visitors, and for none."""
    ref = request.args.get(argument)
    if not ref or reader_id() is None:
        return None
    try:
        return ideas.shown(ref, queries.mine(reader_id()))
    except NotHere:
        return None


def _next_turn(row: AnyRow, refusal: Refusal | None) -> Response:
    """After an answer: the next idea, or the same once more where the answer was taken back."""
    ref = reference(row.id)
    address = (
        url_for("answers.next_idea", slug=row.slug, again=ref)
        if row.mine is None
        else url_for("answers.next_idea", slug=row.slug, last=ref)
    )
    if refusal is None and not wants_fragment():
        return go(address)
    turn = Turn(
        row,
        row.challenge_id,
        current_user.id,
        offset=g.site.fair_offset,
        last=row,
        again=row,
    )
    status = 200 if refusal is None or wants_fragment() else refusal.status
    words = None if refusal is None else refusal.words
    response = page("challenges/next.html", block="one", status=status, turn=turn, refusal=words)
    if wants_fragment():
        response.headers["HX-Replace-Url"] = address
    return response
