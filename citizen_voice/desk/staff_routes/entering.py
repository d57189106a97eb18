"""Entering what came by letter, call or e-mail."""

from flask import Response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.desk import services
from citizen_voice.desk.models import LETTER
from citizen_voice.desk.staff_forms import EnterForm
from citizen_voice.desk.staff_routes.blueprint import bp
from citizen_voice.errors import Refusal
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for


@bp.route("/new", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def enter() -> Response:
    """Enter a request from a letter, a call or an e-mail."""
    form = EnterForm(data={"received_on": clock.today(), "language": "en", "channel": LETTER})
    if form.validate_on_submit():
        try:
            typed = form.email.data
            asking = services.Asking(
                kind=str(form.kind.data),
                language=str(form.language.data),
                words=form.words.data or "",
                name=form.name.data or "",
                email=accounts.normalise_email(typed) if typed else None,
                address=form.address.data or "",
            )
            with write():
                number = services.enter(
                    asking,
                    channel=str(form.channel.data),
                    received_on=form.received_on.day,
                    identity=str(form.identity.data),
                    actor=current_user.id,
                )
            return go(url_for("desk_staff.detail", rights_id=number, done="request-entered"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("desk/staff/enter.html", form=form)
