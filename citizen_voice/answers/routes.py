"""Answering an idea: support, not for me, skip, or take it back."""

from typing import Any

from flask import Blueprint, Response, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.answers import queries, services
from citizen_voice.answers.forms import AnswerForm
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.routes import idea_page
from citizen_voice.web.access import described, members
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _

bp = Blueprint("answers", __name__)

LIST = "list"


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


@bp.post("/ideas/<ref>/answer")
@members
@described(describe_answer)
def answer(ref: str) -> Response:
    """Give, change or take back one's answer."""
    number = ideas.number(ref)
    form = AnswerForm()
    refusal: Refusal | None = None
    if form.validate_on_submit():
        try:
            with write():
                services.cast(current_user.id, number, form.value.data or "")
        except services.NotAnswerable as refused:
            refusal = refused
        except NotHere:  # held or hidden meanwhile: its page says which
            return idea_page(ideas.shown(ref, queries.mine(current_user.id)))
    else:
        refusal = Refusal(_("Choose one of the answers."))
    if wants_fragment() or refusal is not None:
        return _shown(ref, from_list=form.origin.data == LIST, refusal=refusal)
    return go(_back(ref, taken_back=form.value.data == services.NONE))


def _shown(ref: str, *, from_list: bool, refusal: Refusal | None) -> Response:
    if refusal is not None and wants_fragment():
        raise refusal
    row = ideas.shown(ref, queries.mine(current_user.id))
    if from_list and wants_fragment():
        return page("ideas/_card_answer.html", block="card", card=Card(row, clock.now()))
    return idea_page(row, refusal=refusal)


def _back(ref: str, *, taken_back: bool) -> str:
    done = "taken-back" if taken_back else "answered"
    return url_for("ideas.detail", ref=ref.upper(), done=done, _anchor="answer")
