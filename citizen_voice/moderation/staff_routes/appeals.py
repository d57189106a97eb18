"""Looking again at what somebody else decided."""

from uuid import UUID

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.moderation import services, told
from citizen_voice.moderation.forms import LookedForm
from citizen_voice.moderation.models import UPHELD
from citizen_voice.moderation.services.appealing import who_may_decide
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page


@bp.get("/staff/appeals")
@role(MODERATOR, ADMINISTRATOR)
def appeals() -> Response:
    """What waits to be looked at again, and what was."""
    return page(
        "moderation/appeals.html",
        waiting=told.appealed(waiting=True),
        answered=told.appealed(waiting=False),
    )


@bp.route("/staff/appeals/<uuid:appeal_id>", methods=["GET", "POST"])
@role(MODERATOR, ADMINISTRATOR)
def appeal(appeal_id: UUID) -> Response:
    """One of them: what was decided, what the author says, and one's own finding."""
    shown = told.of_appeal(appeal_id)
    form = LookedForm()
    if form.validate_on_submit():
        try:
            with write():
                services.decide_appeal(
                    appeal_id,
                    upheld=form.outcome.data == UPHELD,
                    reason=str(form.reason.data),
                    actor=current_user.id,
                )
            return go(url_for("moderation_staff.appeals", done="looked-again"))
        except Refusal as refusal:
            form.refuse(refusal)
            shown = told.of_appeal(appeal_id)
    others = who_may_decide(shown.row)
    return page(
        "moderation/appeal.html",
        statement=shown,
        form=form,
        may_decide=current_user.id in others,
        waits_for_others=not others,
    )
