"""The decision: declared by who is responsible, confirmed by somebody else."""

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
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
            return go(url_for("pilots_staff.decision", pilot_ref=trial.ref, done="trial-declared"))
        except Refusal as refusal:
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
    """The second member of staff says yes: it is public, and the ideas move."""
    trial = opened(pilot_ref)
    with write():
        services.confirm(_asked(trial), actor=current_user.id)
    return go(url_for("pilots_staff.decision", pilot_ref=trial.ref, done="trial-decided"))


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


def _shown(trial: Trial, form: SendBackForm) -> Response:
    decisions = parts.decisions_of(trial.id)
    standing = next((row for row in decisions if row.sent_back_at is None), None)
    if standing is None and not form.errors:
        raise NotHere
    ideas = parts.after_decision(trial.id, trial.decision)
    return page(
        "pilots/staff/decision.html",
        trial=trial,
        form=form,
        standing=standing,
        measures=parts.measures_of(trial.id),
        with_unit=with_unit,
        evidence=parts.evidence_of(trial.id),
        ideas=ideas,
        idea_stages=STAGE_WORDS,
        acts=DECISION_ACTS,
        people=news.tells_of_pilot(trial.id),
        oneself=standing is not None and standing.declared_by == current_user.id,
    )
