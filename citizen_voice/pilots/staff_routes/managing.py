"""The screen on which a pilot is run: how it is going first, then all that belongs to it."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.cards import STAGE_WORDS
from citizen_voice.pilots import services
from citizen_voice.pilots.charts import with_unit
from citizen_voice.pilots.forms import SayForm
from citizen_voice.pilots.models import CARDS, DPIA_QUESTIONS, STAGES
from citizen_voice.pilots.names import CARD_NAMES, PLAN_NAMES, STAGE_NAMES, STATE_NAMES
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import parts
from citizen_voice.pilots.services.planning import MOVES
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.shown import Trial, going_on, opened, usual_day
from citizen_voice.records.models import TRIAL
from citizen_voice.records.queries import signed
from citizen_voice.site import pictures
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import has_role, role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for

LARGEST_FORM = 2 * pictures.LARGEST_PHOTO
"""A picture that is too large is refused at its field, and what was typed beside it stays."""


@bp.url_value_preprocessor
def room_for_a_picture(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A picture is larger than any other form; asked before the form is read for its token."""
    if endpoint == "pilots_staff.say":
        request.max_content_length = LARGEST_FORM


@bp.get("/<pilot_ref>")
@role(*CONFIRMERS)
def detail(pilot_ref: str) -> Response:
    """Run it; who does not run it looks at it."""
    return shown(opened(pilot_ref))


@bp.route("/<pilot_ref>/say", methods=["GET", "POST"])
@role(*CONFIRMERS)
def say(pilot_ref: str) -> Response:
    """Say how it is going."""
    trial = going_on(pilot_ref, to="runs")
    form = SayForm()
    if form.validate_on_submit():
        sent = form.picture.data
        update = services.Update(
            state=str(form.state.data),
            **form.both("words", "alt"),
            next_on=form.next_on.day,
            picture=sent.read(pictures.LARGEST_PHOTO + 1) if sent else None,
        )
        try:
            with write():
                services.say(trial.id, update, actor=current_user.id)
            return go(back(trial, "trial-said"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown(trial, form=form)


@bp.post("/<pilot_ref>/updates/<int:update_id>/take-back")
@role(*CONFIRMERS)
def take_back(pilot_ref: str, update_id: int) -> Response:
    """Undo an update."""
    trial = going_on(pilot_ref, to="runs")
    if all(row.id != update_id for row in parts.updates_of(trial.id)):
        raise NotHere
    with write():
        services.take_back(update_id, actor=current_user.id)
    return go(back(trial, "trial-taken-back"))


@bp.post("/<pilot_ref>/stage")
@role(*CONFIRMERS)
def stage(pilot_ref: str) -> Response:
    """Move it on, or back."""
    trial = opened(pilot_ref, to="runs")
    with write():
        services.move(trial.id, request.form.get("stage", ""), actor=current_user.id)
    return go(back(trial, "trial-moved"))


@bp.post("/<pilot_ref>/name")
@role(*CONFIRMERS)
def name(pilot_ref: str) -> Response:
    """Have one's own name shown, or no longer."""
    trial = opened(pilot_ref)
    with write():
        services.show_name(trial.id, current_user.id, shown=request.form.get("shown") == "yes")
    return go(back(trial, "trial-saved"))


def back(trial: Trial, done: str | None = None) -> str:
    """The address of its screen."""
    return url_for("pilots_staff.detail", pilot_ref=trial.ref, done=done)


def shown(trial: Trial, form: SayForm | None = None) -> Response:
    """The screen, with what was typed of an update."""
    if form is None:
        form = SayForm(formdata=None, next_on=usual_day(trial.ends_on))
    updates, measures = parts.updates_of(trial.id), parts.measures_of(trial.id)
    decisions, cards = parts.decisions_of(trial.id), parts.cards_of(trial.id)
    changes, thanks_given = parts.changes_of(trial.id), parts.thanks_of(trial.id)
    told = updates or decisions or changes or thanks_given
    silent = not (told or any(row.day for row in measures))
    return page(
        "pilots/staff/detail.html",
        trial=trial,
        form=form,
        ideas=parts.ideas_of(trial.id),
        idea_stages=STAGE_WORDS,
        updates=updates,
        cards=[(key, CARD_NAMES[key], cards[key]) for key in CARDS if key in cards],
        changes=changes,
        plan=PLAN_NAMES,
        measures=measures,
        with_unit=with_unit,
        thanks_given=thanks_given,
        sent_back=[row for row in decisions if row.sent_back_at is not None],
        silent=silent,
        states=STATE_NAMES,
        stages=[(key, STAGE_NAMES[key], key in MOVES.get(trial.stage, ())) for key in STAGES],
        dpia_asked=set(trial.dpia) == set(DPIA_QUESTIONS),
        dpia_needed=any(trial.dpia.values()),
        dpia_about=f"{TRIAL}{trial.id}",
        dpia_signed=signed(f"{TRIAL}{trial.id}") if any(trial.dpia.values()) else None,
        officer=has_role(current_user, PRIVACY_OFFICER),
    )
