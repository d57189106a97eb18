"""Impact assessments: the list, one of them, and beginning one."""

from collections.abc import Sequence

from flask import Response, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.pilots.refs import LARGEST_NUMBER, pilot_ref
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.forms import AboutForm
from citizen_voice.records.models import ASSESSMENT, GROUPS, TRIAL, Assessment
from citizen_voice.records.queries.trials import needing
from citizen_voice.records.services import assessments as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.records.wording import LEVELS, LIKELY, SEVERE, level_of
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.forms import choices
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

OTHER = "other"
FIELDS = (*asked.WRITTEN, *asked.SIGNING)


@bp.get("/staff/privacy/assessments")
@role(PRIVACY_OFFICER)
def assessments() -> Response:
    """All of them, and the trials that need one."""
    today = clock.today()
    found = list(queries.every(Assessment))
    return page(
        "records/assessments.html",
        assessments=[(row, standing.of_assessment(row, today)) for row in found],
        waiting=_waiting(found),
    )


def _waiting(found: Sequence[AnyRow]) -> list[tuple[str, str, object]]:
    """What needs an assessment and has none: what it is about, its number, its title."""
    begun = {row.about for row in found if row.ended_at is None}
    return [
        (f"{TRIAL}{row.id}", pilot_ref(row.id), say(row, "title"))
        for row in needing()
        if f"{TRIAL}{row.id}" not in begun
    ]


@bp.get("/staff/privacy/assessments.csv")
@role(PRIVACY_OFFICER)
def assessments_csv() -> Response:
    """The same as a table."""
    today = clock.today()
    return shown.table(
        "assessments",
        FIELDS,
        queries.every(Assessment),
        (_("About"), lambda row: row.about),
        (_("Version"), lambda row: row.version),
        (_("State"), lambda row: standing.of_assessment(row, today).words),
    )


@bp.route("/staff/privacy/assessments/new", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def new_assessment() -> Response:
    """Begin one: about opinion groups, a trial, or something else."""
    about = request.args.get("about", "")
    form = AboutForm(about=about)
    form.about.choices = choices(_offered(about))
    if form.validate_on_submit():
        try:
            with write():
                key = services.begin(
                    form.about.data, title=form.title.data or "", actor=current_user.id
                )
            return go(url_for("records_staff.assessment", assessment_id=key))
        except NotHere:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
    return page("records/assessment_new.html", form=form)


def _offered(about: str) -> list[tuple[str, object]]:
    """What an assessment can be about: those trials that need one, and the one of the address."""
    trials = {f"{TRIAL}{row.id}": row for row in needing()}
    offer: list[tuple[str, object]] = [(GROUPS, _("Support across opinion groups"))]
    offer += [
        (key, f"{pilot_ref(row.id)}: {say(row, 'title').text}") for key, row in trials.items()
    ]
    number = about.removeprefix(TRIAL)
    known = about in trials or not about.startswith(TRIAL)
    if not known and number.isdecimal() and int(number) <= LARGEST_NUMBER:
        offer.append((about, pilot_ref(int(number))))
    return [*offer, (OTHER, _("Something else"))]


@bp.get("/staff/privacy/assessments/<int:assessment_id>")
@role(PRIVACY_OFFICER)
def assessment(assessment_id: int) -> Response:
    """One version, step by step; it prints as it is."""
    row = queries.one(Assessment, assessment_id)
    risks = queries.risks_of(row.id)
    return page(
        "records/assessment.html",
        row=row,
        standing=standing.of_assessment(row, clock.today()),
        steps=[
            (key, name, shown.answers(row, fields)) for key, (name, fields) in asked.STEPS.items()
        ],
        signing=shown.answers(row, asked.SIGNING),
        risks=risks_shown(risks),
        unsaid=services.unsaid(row, risks),
        versions=queries.versions_of(row.about),
        trial=pilot_ref(int(row.about.removeprefix(TRIAL))) if row.about.startswith(TRIAL) else "",
        groups=row.about == GROUPS,
        history=shown.history(ASSESSMENT, row.id, FIELDS),
    )


def risks_shown(risks: Sequence[AnyRow]) -> list[dict[str, object]]:
    """Risks as a page shows them: in words, with the tone of what each level is."""
    return [
        {
            "row": risk,
            "likelihood": LIKELY[risk.likelihood],
            "severity": SEVERE[risk.severity],
            "level": (level := level_of(risk.likelihood, risk.severity)),
            "level_words": LEVELS[level],
            "left_words": LEVELS[risk.left],
        }
        for risk in risks
    ]


@bp.post("/staff/privacy/assessments/<int:assessment_id>/next")
@role(PRIVACY_OFFICER)
def next_assessment(assessment_id: int) -> Response:
    """Begin the next version, with the words of the newest."""
    row = queries.one(Assessment, assessment_id)
    with write():
        key = services.begin(row.about, actor=current_user.id)
    return go(url_for("records_staff.assessment", assessment_id=key))


@bp.post("/staff/privacy/assessments/<int:assessment_id>/end")
@role(PRIVACY_OFFICER)
@require_confirmed
def end_assessment(assessment_id: int) -> Response:
    """Have it hold no longer; what stood on it is switched off."""
    row = queries.one(Assessment, assessment_id)
    with write():
        services.end(row.id, actor=current_user.id)
    return go(url_for("records_staff.assessment", assessment_id=row.id, done="record-saved"))
