"""Answering an idea: support, not for me, skip, or take it back; and one idea after another."""

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.answers import queries, services
from citizen_voice.answers.forms import AnswerForm
from citizen_voice.answers.turns import Turn
from citizen_voice.challenges import queries as challenges
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.ordering import Reshuffled
from citizen_voice.ideas.routes import idea_page, reader_id
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
    number = ideas.number(ref)
    form = AnswerForm()
    one_at_a_time = form.origin.data == NEXT
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            with write():
                services.cast(current_user.id, number, form.value.data or "")
        except services.NotAnswerable as refused:
            refusal = refused
        except NotHere:  # held or hidden meanwhile: its page says which
            row = ideas.shown(ref, queries.mine(current_user.id))
            return _next_turn(row, GONE) if one_at_a_time else idea_page(row)
    else:
        refusal = Refusal(_("Choose one of the answers."))
    if one_at_a_time:
        return _next_turn(ideas.shown(ref, queries.mine(current_user.id)), refusal)
    if wants_fragment() or refusal is not None:
        return _shown(ref, form.origin.data, refusal=refusal)
    return go(_back(ref, taken_back=form.value.data == services.NONE))


def _shown(ref: str, origin: str | None, *, refusal: Refusal | None) -> Response:
    if refusal is not None and wants_fragment():
        raise refusal
    row = ideas.shown(ref, queries.mine(current_user.id))
    if origin == LIST and wants_fragment():
        return page("ideas/_card_answer.html", block="card", card=Card(row, clock.now()))
    if origin == ALIKE and wants_fragment():
        return page("ideas/_alike_answer.html", block="answer", card=Card(row, clock.now()))
    return idea_page(row, refusal=refusal)


def _back(ref: str, *, taken_back: bool) -> str:
    done = "taken-back" if taken_back else "answered"
    return url_for("ideas.detail", ref=ref.upper(), done=done, _anchor="answer")


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
