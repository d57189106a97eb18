"""What was decided about one's own words, and asking that somebody else looks again."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.moderation import services, told
from citizen_voice.moderation.forms import AppealForm
from citizen_voice.moderation.routes.blueprint import bp
from citizen_voice.web.access import described, members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language


def describe_appeal(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Ask someone else to look"))


@bp.get("/decisions")
@members
def decisions() -> Response:
    """Everything that was decided about one's own words and name."""
    never_store()
    return page("moderation/decisions.html", statements=told.statements(current_user.id))


@bp.get("/decisions/<uuid:decision_id>")
@members
def decision(decision_id: UUID) -> Response:
    """One statement of reasons."""
    never_store()
    return page(
        "moderation/decision.html",
        statement=told.statement(decision_id, current_user.id),
        form=AppealForm(formdata=None),
    )


@bp.post("/decisions/<uuid:decision_id>/appeal")
@members
@described(describe_appeal)
def appeal(decision_id: UUID) -> Response:
    """Ask that somebody else looks again."""
    never_store()
    form = AppealForm()
    shown = told.statement(decision_id, current_user.id)
    if form.validate_on_submit():
        try:
            with write():
                services.appeal(
                    decision_id,
                    current_user.id,
                    words=str(form.words.data),
                    language=language(),
                )
            return go(url_for("moderation.decision", decision_id=decision_id, done="appealed"))
        except Refusal as refusal:
            form.refuse(refusal)
            shown = told.statement(decision_id, current_user.id)
    return page("moderation/decision.html", statement=shown, form=form)
