"""The decision: declared by who is responsible, confirmed by somebody else."""

import hashlib
from collections.abc import Iterable
from typing import Any

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.ideas.cards import STAGE_WORDS
from citizen_voice.news import queries as news
from citizen_voice.pilots import services
from citizen_voice.pilots.charts import with_unit
from citizen_voice.pilots.forms import DecideForm, SendBackForm
from citizen_voice.pilots.models import EVALUATING
from citizen_voice.pilots.names import DECISION_ACTS
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import parts
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.managing import back
from citizen_voice.pilots.staff_routes.shown import Trial, going_on, opened, usual_day
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


@bp.route("/<pilot_ref>/decide", methods=["GET", "POST"])
@role(*CONFIRMERS)
def decide(pilot_ref: str) -> Response:
    """Declare: the evidence first, what was learned, then the decision."""
    trial = going_on(pilot_ref, to="declares")
    measures = parts.measures_of(trial.id)
    last = next(iter(parts.decisions_of(trial.id)), None)
    form = DecideForm.of(measures, **_begun(last))
    if form.validate_on_submit():
        try:
            with write():
                services.declare(
                    trial.id,
                    decision=str(form.decision.data),
                    evidence=form.evidence(measures),
                    next_on=form.next_on.day,
                    actor=current_user.id,
                    **form.both("learned", "next"),
                )
            return go(_address(trial, "trial-declared"))
        except Refusal as refusal:
            if isinstance(refusal, Conflict) and _is_declared(trial.id, form):  # sent twice
                return go(_address(trial, "trial-declared"))
            form.refuse(refusal)
    return page(
        "pilots/staff/decide.html",
        trial=trial,
        form=form,
        measures=measures,
        with_unit=with_unit,
        last=last,
        ready=trial.stage == EVALUATING and not trial.waits,
        usual=usual_day(),
    )


@bp.get("/<pilot_ref>/decision")
@role(*CONFIRMERS)
def decision(pilot_ref: str) -> Response:
    """What was declared, what it does to each idea, and whom it tells."""
    return _shown(opened(pilot_ref), SendBackForm(formdata=None))


@bp.post("/<pilot_ref>/decision/confirm")
@role(*CONFIRMERS)
def confirm(pilot_ref: str) -> Response:
    """The second member of staff says yes: it is public, and the ideas move.

    What changed since they looked (figures, ideas, who it is about) is looked at once more.
    """
    trial = opened(pilot_ref)
    number = _asked(trial)
    try:
        with write():
            services.confirm(number, actor=current_user.id, look=lambda: _look(trial, number))
    except Conflict as conflict:
        standing = _standing(trial.id)
        if standing is not None and standing.confirmed_by == current_user.id:  # sent twice
            return go(_address(trial, "trial-decided"))
        if not isinstance(conflict, _Unseen):
            raise
        return _shown(opened(pilot_ref), SendBackForm(formdata=None), changed=conflict.words)
    return go(_address(trial, "trial-decided"))


@bp.route("/<pilot_ref>/decision/send-back", methods=["GET", "POST"])
@role(*CONFIRMERS)
def send_back(pilot_ref: str) -> Response:
    """Say why not; who declared it takes it back so."""
    trial = opened(pilot_ref)
    form = SendBackForm()
    if form.validate_on_submit():
        try:
            with write():
                services.send_back(
                    _asked(trial), why=str(form.why.data or ""), actor=current_user.id
                )
            return go(back(trial, "trial-sent-back"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(trial, form)


def _asked(trial: Trial) -> int:
    """The decision that the form showed: of this pilot, and no newer one."""
    number = request.form.get("decision", "")
    known: dict[str, int] = {str(row.id): row.id for row in parts.decisions_of(trial.id)}
    if number not in known:
        raise NotAllowed(_("Look at the decision first."))
    return known[number]


def _begun(last: object) -> dict[str, object]:
    """What a form begins with: what was sent back, to be said better."""
    if last is None or getattr(last, "sent_back_at", None) is None:
        return {"next_on": usual_day()}
    names = ("decision", "learned_en", "learned_cy", "next_en", "next_cy", "next_on")
    return {name: getattr(last, name) for name in names}


def _standing(pilot_id: int) -> Any:
    """The decision that waits or is confirmed, if there is one."""
    decisions = parts.decisions_of(pilot_id)
    return next((row for row in decisions if row.sent_back_at is None), None)


def _is_declared(pilot_id: int, form: Any) -> bool:
    """Whether what the form says waits already, by who sends it."""
    row = _standing(pilot_id)
    return row is not None and (row.declared_by, row.decision, row.learned_en) == (
        current_user.id,
        form.decision.data,
        form.learned_en.data,
    )


def _mark(decision_id: int, measures: Iterable[AnyRow], ideas: Iterable[tuple[Any, str]]) -> str:
    """Changes with the figures and the ideas that stand beside a decision."""
    figures = [tuple(row) for row in measures]
    moves = [(row.id, row.stage, stage) for row, stage in ideas]
    return hashlib.sha256(repr((decision_id, figures, moves)).encode()).hexdigest()[:32]


def _look(trial: Trial, decision_id: int) -> None:
    """Raise where a decision is not what the form showed."""
    ideas = parts.after_decision(trial.id, trial.decision)
    if request.form.get("seen") != _mark(decision_id, parts.measures_of(trial.id), ideas):
        raise _Unseen(_("Something changed since you looked, so look once more."))


def _address(trial: Trial, done: str) -> str:
    return url_for("pilots_staff.decision", pilot_ref=trial.ref, done=done)


class _Unseen(Conflict):
    """What is confirmed is not what was looked at."""


def _shown(trial: Trial, form: SendBackForm, *, changed: object = None) -> Response:
    standing = _standing(trial.id)
    if standing is None and not form.errors:
        raise NotHere
    ideas, measures = parts.after_decision(trial.id, trial.decision), parts.measures_of(trial.id)
    return page(
        "pilots/staff/decision.html",
        status=200 if changed is None else 409,
        changed=changed,
        seen="" if standing is None else _mark(standing.id, measures, ideas),
        trial=trial,
        form=form,
        standing=standing,
        measures=measures,
        with_unit=with_unit,
        evidence=parts.evidence_of(trial.id),
        ideas=ideas,
        idea_stages=STAGE_WORDS,
        acts=DECISION_ACTS,
        people=news.tells_of_pilot(trial.id),
        oneself=standing is not None and standing.declared_by == current_user.id,
    )
