"""The record of processing, and who the controller is."""

from flask import Response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.records import asked
from citizen_voice.records import processing as record
from citizen_voice.records.forms import form_for
from citizen_voice.records.models import CONTROLLER
from citizen_voice.records.services import controller as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.site import controller
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for


@bp.get("/staff/privacy/processing")
@role(PRIVACY_OFFICER)
def processing() -> Response:
    """The record of processing (UK GDPR Art 30), made from what the code goes by."""
    details = controller.details()
    return page(
        "records/processing.html",
        record=record.every(),
        security=record.SECURITY,
        equality=record.EQUALITY,
        details=details,
        who=shown.answers(details, asked.CONTROLLER),
    )


@bp.get("/staff/privacy/processing.csv")
@role(PRIVACY_OFFICER)
def processing_csv() -> Response:
    """The same as a table."""
    name = f"record-of-processing-{clock.today().isoformat()}.csv"
    header = [str(words) for words in record.HEADER]
    return csv_sent(name, header, record.rows_of(record.every()))


@bp.route("/staff/privacy/controller", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def controller_details() -> Response:
    """Who answers for the data, and how to reach the data protection officer."""
    form = form_for(asked.CONTROLLER)(obj=controller.details())
    if form.validate_on_submit():
        try:
            with write():
                services.settle(form.values(), actor=current_user.id)
            return go(url_for("records_staff.processing", done="record-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown.form_page(
        "records/controller.html",
        form,
        history=shown.history(CONTROLLER, 1, asked.CONTROLLER),
    )
