"""Who owns a pilot, and who deputises."""

from uuid import UUID

from flask import Response
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.pilots import services
from citizen_voice.pilots.forms import PeopleForm, choose_person
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import desk
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.managing import back
from citizen_voice.pilots.staff_routes.shown import going_on
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _


@bp.route("/<pilot_ref>/people", methods=["GET", "POST"])
@role(*CONFIRMERS)
def people(pilot_ref: str) -> Response:
    """Choose the owner and the deputy."""
    trial = going_on(pilot_ref, to="assigns")
    known = desk.owners()
    form = PeopleForm(
        data={name: _text(getattr(trial, name)) for name in ("owner_id", "deputy_id")}
    )
    choose_person(form.owner_id, known, none=_("Choose"))
    choose_person(form.deputy_id, known, none=_("Nobody"))
    if form.validate_on_submit():
        deputy = str(form.deputy_id.data or "")
        try:
            with write():
                services.assign(
                    trial.id,
                    owner_id=UUID(str(form.owner_id.data)),
                    deputy_id=UUID(deputy) if deputy else None,
                    actor=current_user.id,
                )
            return go(back(trial, "trial-people"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("pilots/staff/people.html", trial=trial, form=form)


def _text(key: UUID | None) -> str:
    return "" if key is None else str(key)
