"""Online safety: what we stand on, and how risky each kind of content is."""

from flask import Response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.models import SafetyRisk
from citizen_voice.records.services import safety as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.records.wording import HARMS
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.filters import long_date
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

_LEVEL, _WHY, _MEASURES, _BY, _ON = asked.SAFETY_RISK


@bp.get("/staff/privacy/online-safety")
@role(PRIVACY_OFFICER)
def safety() -> Response:
    """The scope record and the register of risk assessments."""
    today = clock.today()
    scopes, risks = queries.scopes(), queries.safety_risks()
    scope = scopes[0] if scopes else None
    return page(
        "records/safety.html",
        scope=scope,
        answers=scope and shown.answers(scope, asked.SCOPE),
        standing=scope and standing.of_review(standing.in_a_year(scope.signed_on), today),
        before=[(row, shown.answers(row, asked.SCOPE)) for row in scopes[1:]],
        risks=[
            (
                kind,
                words,
                risk := risks.get(kind),
                risk and _LEVEL.offer[risk.level],
                risk and standing.of_review(standing.in_a_year(risk.assessed_on), today),
            )
            for kind, words in HARMS.items()
        ],
    )


@bp.get("/staff/privacy/online-safety.csv")
@role(PRIVACY_OFFICER)
def safety_csv() -> Response:
    """Every assessment that was ever made, the newest first."""
    return shown.table(
        "online-safety",
        asked.SAFETY_RISK,
        queries.every(SafetyRisk),
        (_("Kind"), lambda row: HARMS.get(row.kind, row.kind)),
        (
            _("Look at it again by"),
            lambda row: long_date(standing.in_a_year(row.assessed_on)),
        ),
    )


@bp.route("/staff/privacy/online-safety/scope", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def safety_scope() -> Response:
    """Sign who provides the service, and on which exemption it stands."""
    scopes = queries.scopes()
    form = shown.form_of(asked.SCOPE, scopes[0] if scopes else None)
    if form.validate_on_submit():
        try:
            with write():
                services.sign_scope(form.values(), actor=current_user.id)
            return go(url_for("records_staff.safety", done="record-signed"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown.form_page("records/scope_form.html", form)


@bp.route("/staff/privacy/online-safety/risks/<harm>", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def safety_risk(harm: str) -> Response:
    """Say how risky one kind of content is; what was said before stays below."""
    if harm not in HARMS:
        raise NotHere
    past = queries.safety_history(harm)
    form = shown.form_of(asked.SAFETY_RISK, past[0] if past else None)
    if form.validate_on_submit():
        try:
            with write():
                services.assess(harm, form.values(), actor=current_user.id)
            return go(url_for("records_staff.safety", done="record-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown.form_page(
        "records/safety_risk.html",
        form,
        harm=HARMS[harm],
        past=[(row, shown.answers(row, asked.SAFETY_RISK)) for row in past],
    )
