"""Who works with personal data on the council's behalf."""

from flask import Response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.models import PROCESSOR, Processor
from citizen_voice.records.services import processors as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.records.wording import CHECKS
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


@bp.get("/staff/privacy/processors")
@role(PRIVACY_OFFICER)
def processors() -> Response:
    """All of them, those that go on first."""
    today = clock.today()
    found = [(row, standing.of_processor(row, today)) for row in queries.processors()]
    return page("records/processors.html", processors=found, fields=_named())


@bp.get("/staff/privacy/processors.csv")
@role(PRIVACY_OFFICER)
def processors_csv() -> Response:
    """The same as a table."""
    today = clock.today()
    return shown.table(
        "processors",
        asked.processor(),
        queries.every(Processor),
        (_("State"), lambda row: standing.of_processor(row, today).words),
    )


@bp.route("/staff/privacy/processors/new", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def new_processor() -> Response:
    """Add one."""
    form = shown.form_of(asked.processor())
    if form.validate_on_submit():
        try:
            with write():
                key = services.add(form.values(), actor=current_user.id)
            return go(url_for("records_staff.processor", processor_id=key, done="record-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown.form_page("records/processor_form.html", form, row=None)


@bp.get("/staff/privacy/processors/<int:processor_id>")
@role(PRIVACY_OFFICER)
def processor(processor_id: int) -> Response:
    """One of them, with what its contract says and who changed what."""
    row, fields = queries.one(Processor, processor_id), asked.processor()
    return page(
        "records/processor.html",
        row=row,
        answers=shown.answers(row, fields),
        unmet=[words for key, words in CHECKS.items() if key not in row.checks],
        standing=standing.of_processor(row, clock.today()),
        history=shown.history(PROCESSOR, row.id, fields),
    )


@bp.route("/staff/privacy/processors/<int:processor_id>/edit", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def edit_processor(processor_id: int) -> Response:
    """Say otherwise, or that it ended."""
    row = queries.one(Processor, processor_id)
    form, theirs = shown.form_of(asked.processor(), row), None
    if form.validate_on_submit():
        try:
            with write():
                services.change(
                    processor_id, form.values(), seen=form.seen.data, actor=current_user.id
                )
            return go(url_for("records_staff.processor", processor_id=row.id, done="record-saved"))
        except Refusal as refusal:
            theirs = shown.refused(form, refusal, queries.one(Processor, processor_id))
    return shown.form_page("records/processor_form.html", form, row=row, theirs=theirs)


def _named() -> dict[str, object]:
    return {each.name: each for each in asked.processor()}
