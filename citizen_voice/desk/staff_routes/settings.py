"""Whose bank holidays count, and a newer list of them."""

from flask import Response
from flask_login import current_user

from citizen_voice import bank_holidays, clock
from citizen_voice.db import write
from citizen_voice.desk import queries, services
from citizen_voice.desk.staff_forms import HolidaysForm, NationForm
from citizen_voice.desk.staff_routes.blueprint import bp
from citizen_voice.errors import Refusal
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.large_forms import room_for
from citizen_voice.web.templates import url_for

room_for(bp, "holidays", 2 * bank_holidays.LARGEST)


@bp.route("/settings", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def settings() -> Response:
    """Say in which nation the council is; open requests are reckoned anew."""
    form = NationForm(data={"nation": queries.nation()})
    if form.validate_on_submit():
        try:
            with write():
                services.settle(str(form.nation.data), actor=current_user.id)
            return go(url_for("desk_staff.settings", done="nation-settled"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form, HolidaysForm(formdata=None))


@bp.post("/settings/holidays")
@role(PRIVACY_OFFICER)
def holidays() -> Response:
    """Take the bank holidays of a newer file into use."""
    form = HolidaysForm()
    if form.validate_on_submit():
        try:
            content = form.file.data.read(bank_holidays.LARGEST + 1)
            with write():
                services.read_holidays(content, actor=current_user.id)
            return go(url_for("desk_staff.settings", done="holidays-read"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(NationForm(formdata=None, data={"nation": queries.nation()}), form)


def _shown(form: NationForm, file_form: HolidaysForm) -> Response:
    known = queries.holidays()
    today = clock.today()
    return page(
        "desk/staff/settings.html",
        form=form,
        file_form=file_form,
        refusal=bool(file_form.errors),
        known=known,
        ahead=[(day, name) for day, name in sorted(known.days.items()) if day >= today],
        runs_out=queries.runs_out(today, known),
    )
