"""What a pilot says of itself, how its plan changes, and whether it needs a DPIA."""

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.pilots import services
from citizen_voice.pilots.forms import NO, YES, DpiaForm, PlanForm, WordsForm
from citizen_voice.pilots.models import CARDS, DPIA_QUESTIONS, HYPOTHESIS
from citizen_voice.pilots.names import CARD_NAMES, PLAN_NAMES
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import desk, parts
from citizen_voice.pilots.seen import ChangedMeanwhile, catch_up
from citizen_voice.pilots.services.holding import held
from citizen_voice.pilots.services.planning import ENDS_ON
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.managing import back
from citizen_voice.pilots.staff_routes.shown import going_on
from citizen_voice.web.access import role
from citizen_voice.web.forms import choices
from citizen_voice.web.htmx import go, page


@bp.route("/<pilot_ref>/words", methods=["GET", "POST"])
@role(*CONFIRMERS)
def words(pilot_ref: str) -> Response:
    """What, where, how we'll know; and the cards."""
    trial = going_on(pilot_ref, to="runs")
    cards = parts.cards_of(trial.id)
    form = WordsForm.of(trial.row, cards, sent=request.form)
    if form.validate_on_submit():
        try:
            with write():
                held(trial.id)
                catch_up(form, WordsForm.begun(desk.found(trial.id), parts.cards_of(trial.id)))
                services.describe(trial.id, actor=current_user.id, **form.said())
            return go(back(trial, "trial-saved"))
        except ChangedMeanwhile:
            pass  # the form says so
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/staff/words.html",
        trial=trial,
        form=form,
        cards=[(key, CARD_NAMES[key]) for key in CARDS if f"{key}_en" in form],
        settled=[(CARD_NAMES[key], cards[key]) for key in HYPOTHESIS if key in cards],
    )


@bp.route("/<pilot_ref>/plan", methods=["GET", "POST"])
@role(*CONFIRMERS)
def plan(pilot_ref: str) -> Response:
    """Change the end or a part of the hypothesis; what it was, and why, is public."""
    trial = going_on(pilot_ref, to="runs")
    cards = parts.cards_of(trial.id)
    form = PlanForm()
    offered = [ENDS_ON, *(key for key in HYPOTHESIS if key in cards)]
    form.what.choices = choices((key, PLAN_NAMES[key]) for key in offered)
    if form.validate_on_submit():
        try:
            with write():
                services.change_plan(
                    trial.id,
                    str(form.what.data),
                    ends_on=form.ends_on.day,
                    actor=current_user.id,
                    **form.both("now", "why"),
                )
            return go(back(trial, "trial-plan"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/staff/plan.html",
        trial=trial,
        form=form,
        now=[(PLAN_NAMES[key], cards[key]) for key in offered if key in cards],
    )


@bp.route("/<pilot_ref>/dpia", methods=["GET", "POST"])
@role(*CONFIRMERS)
def dpia(pilot_ref: str) -> Response:
    """Six questions: one yes, and a DPIA comes first."""
    trial = going_on(pilot_ref, to="runs")
    form = DpiaForm(data={key: YES if trial.dpia[key] else NO for key in trial.dpia})
    if form.validate_on_submit():
        with write():
            services.save_dpia(trial.id, form.answers(), actor=current_user.id)
        return go(back(trial, "trial-saved"))
    return page(
        "pilots/staff/dpia.html",
        trial=trial,
        form=form,
        questions=[form[key] for key in DPIA_QUESTIONS],
    )
