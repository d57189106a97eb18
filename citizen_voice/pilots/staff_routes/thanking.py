"""Changed because of you: a comment is picked, and what changed is said."""

from uuid import UUID

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.pilots import services
from citizen_voice.pilots.forms import ThanksForm
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import parts
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.managing import back
from citizen_voice.pilots.staff_routes.shown import going_on, opened
from citizen_voice.web.access import role
from citizen_voice.web.forms import choices
from citizen_voice.web.htmx import go, page
from citizen_voice.web.pagination import BadCursor
from citizen_voice.web.templates import url_for


@bp.route("/<pilot_ref>/thanks", methods=["GET", "POST"])
@role(*CONFIRMERS)
def thanks(pilot_ref: str) -> Response:
    """Pick a comment of the pilot or its ideas, and say what changed because of it."""
    trial = going_on(pilot_ref, to="runs")
    found, more = parts.comments_of(trial.id, _before())
    form = ThanksForm()
    form.comment.choices = choices((str(row.id), row.body) for row in found)
    if form.validate_on_submit():
        try:
            with write():
                services.thank(
                    trial.id,
                    UUID(str(form.comment.data)),
                    **form.both("words"),
                    actor=current_user.id,
                )
            return go(back(trial, "trial-thanked"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/staff/thanks.html",
        trial=trial,
        form=form,
        comments=found,
        titles={row.id: row for row in parts.ideas_of(trial.id)},
        from_the_top=not request.args.get("after"),
        next_url=url_for("pilots_staff.thanks", pilot_ref=trial.ref, after=found[-1].id)
        if more
        else None,
    )


@bp.post("/<pilot_ref>/thanks/<int:thanks_id>/take-back")
@role(*CONFIRMERS)
def take_back_thanks(pilot_ref: str, thanks_id: int) -> Response:
    """Undo them."""
    trial = opened(pilot_ref, to="runs")
    if all(row.id != thanks_id for row in parts.thanks_of(trial.id)):
        raise NotHere
    with write():
        services.take_back_thanks(thanks_id, actor=current_user.id)
    return go(back(trial, "trial-taken-back"))


def _before() -> UUID | None:
    text = request.args.get("after")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadCursor from None
