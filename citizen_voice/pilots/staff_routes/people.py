"""Who owns a pilot, who deputises, and who manages it."""

from uuid import UUID

from flask import Response, g
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

CHOSEN = ("owner_id", "deputy_id", "manager_id")


@bp.route("/<pilot_ref>/people", methods=["GET", "POST"])
@role(*CONFIRMERS)
def people(pilot_ref: str) -> Response:
    """Choose the owner, the deputy, and who hears of a late word where managers are told."""
    trial = going_on(pilot_ref, to="assigns")
    known, told = desk.owners(), g.site.managers_told
    form = PeopleForm(data={name: _text(getattr(trial, name)) for name in CHOSEN})
    choose_person(form.owner_id, known, none=_("Choose"))
    choose_person(form.deputy_id, known, none=_("Nobody"))
    if told:
        choose_person(form.manager_id, desk.colleagues(), none=_("Nobody"))
    else:
        del form.manager_id
    if form.validate_on_submit():
        try:
            with write():
                services.assign(
                    trial.id,
                    owner_id=UUID(str(form.owner_id.data)),
                    deputy_id=_key(form.deputy_id.data),
                    actor=current_user.id,
                )
                if told:
                    manager = _key(form.manager_id.data)
                    services.choose_manager(trial.id, manager, actor=current_user.id)
            return go(back(trial, "trial-people"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("pilots/staff/people.html", trial=trial, form=form)


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _text(key: UUID | None) -> str:
    return "" if key is None else str(key)
