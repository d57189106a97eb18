"""Writing an assessment: its steps, its risks, its signature."""

from typing import Any

from flask import Response
from flask_login import current_user

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.records import asked, queries
from citizen_voice.records.forms import DraftForm, RiskForm
from citizen_voice.records.models import Assessment
from citizen_voice.records.services import assessments as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.assessments import risks_shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

ORDER = (*asked.STEPS, asked.RISKS_STEP, asked.SIGN_STEP)
NAMES: dict[str, Any] = {key: name for key, (name, _fields) in asked.STEPS.items()} | {
    asked.RISKS_STEP: _("What could go wrong?"),
    asked.SIGN_STEP: _("Advice and signature"),
}
WAYS = {asked.RISKS_STEP: "records_staff.risks", asked.SIGN_STEP: "records_staff.sign_assessment"}


@bp.route("/staff/privacy/assessments/<int:assessment_id>/steps/<step>", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def step(assessment_id: int, step: str) -> Response:
    """Write one step. What is empty can be said later."""
    if step not in asked.STEPS:
        raise NotHere
    row, fields = _draft(assessment_id), asked.STEPS[step][1]
    form, theirs = shown.form_of(fields, row, base=DraftForm), None
    if form.validate_on_submit():
        try:
            with write():
                services.write(
                    row.id, step, form.values(), seen=form.seen.data, actor=current_user.id
                )
            return go(_after(row.id, step))
        except Refusal as refusal:
            theirs = shown.refused(form, refusal, queries.one(Assessment, row.id))
    return shown.form_page("records/step.html", form, theirs=theirs, **_frame(row, step))


@bp.route("/staff/privacy/assessments/<int:assessment_id>/risks", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def risks(assessment_id: int) -> Response:
    """What could go wrong: those written down, and one more."""
    row, form = _draft(assessment_id), RiskForm()
    if form.validate_on_submit():
        try:
            with write():
                services.add_risk(
                    row.id,
                    form.values(),
                    likelihood=form.figure("likelihood"),
                    severity=form.figure("severity"),
                    left=form.left.data,
                    actor=current_user.id,
                )
            return go(url_for("records_staff.risks", assessment_id=row.id, done="record-noted"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "records/risks.html",
        form=form,
        risks=risks_shown(queries.risks_of(row.id)),
        next_url=_after(row.id, asked.RISKS_STEP),
        **_frame(row, asked.RISKS_STEP),
    )


@bp.post("/staff/privacy/assessments/<int:assessment_id>/risks/<int:risk_id>/remove")
@role(PRIVACY_OFFICER)
def remove_risk(assessment_id: int, risk_id: int) -> Response:
    """Take a risk out of a draft."""
    row = _draft(assessment_id)
    with write():
        services.remove_risk(row.id, risk_id, actor=current_user.id)
    return go(url_for("records_staff.risks", assessment_id=row.id, done="record-saved"))


@bp.route("/staff/privacy/assessments/<int:assessment_id>/sign", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
@require_confirmed
def sign_assessment(assessment_id: int) -> Response:
    """Keep the advice and sign: from then on it stays as it is."""
    row = _draft(assessment_id)
    form = shown.form_of(asked.SIGNING, row)
    if form.validate_on_submit():
        try:
            with write():
                services.sign(row.id, form.values(), actor=current_user.id)
            return go(
                url_for("records_staff.assessment", assessment_id=row.id, done="record-signed")
            )
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "records/sign.html",
        form=form,
        unsaid=services.unsaid(row, queries.risks_of(row.id)),
        **_frame(row, asked.SIGN_STEP),
    )


def _draft(assessment_id: int) -> AnyRow:
    row = queries.one(Assessment, assessment_id)
    if row.signed_on is not None:
        raise NotAllowed(services.SIGNED)
    return row


def _after(assessment_id: int, step: str) -> str:
    """The address of the step after one."""
    return _way(assessment_id, ORDER[ORDER.index(step) + 1])


def _way(assessment_id: int, step: str) -> str:
    if step in WAYS:
        return url_for(WAYS[step], assessment_id=assessment_id)
    return url_for("records_staff.step", assessment_id=assessment_id, step=step)


def _frame(row: AnyRow, step: str) -> dict[str, Any]:
    """What every step shows: which one it is, and the way to each of the others."""
    return {
        "row": row,
        "step_name": NAMES[step],
        "number": ORDER.index(step) + 1,
        "ways": [(_way(row.id, key), NAMES[key], key == step) for key in ORDER],
    }
