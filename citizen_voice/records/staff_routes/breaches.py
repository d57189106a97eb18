"""Breaches, with their 72 hours."""

from flask import Response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.desk.clock import breach_due
from citizen_voice.errors import Refusal
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.forms import NoteForm
from citizen_voice.records.models import BREACH, Breach
from citizen_voice.records.services import breaches as services
from citizen_voice.records.staff_routes import shown
from citizen_voice.records.staff_routes.blueprint import bp
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.filters import day_and_time
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _


@bp.get("/staff/privacy/breaches")
@role(PRIVACY_OFFICER)
def breaches() -> Response:
    """All of them: open ones first."""
    now = clock.now()
    found = [(row, standing.of_breach(row, now)) for row in queries.breaches()]
    return page("records/breaches.html", breaches=found)


@bp.get("/staff/privacy/breaches.csv")
@role(PRIVACY_OFFICER)
def breaches_csv() -> Response:
    """The same as a table, those not reported with their reasons."""
    now = clock.now()
    return shown.table(
        "breaches",
        asked.BREACH,
        queries.every(Breach),
        (_("Report by"), lambda row: day_and_time(breach_due(row.known_at))),
        (_("State"), lambda row: standing.of_breach(row, now).words),
        (_("Closed"), lambda row: day_and_time(row.closed_at) if row.closed_at else ""),
    )


@bp.route("/staff/privacy/breaches/new", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def new_breach() -> Response:
    """Enter one. What is not known yet is said later."""
    form = shown.form_of(asked.BREACH)
    if form.validate_on_submit():
        try:
            with write():
                key = services.begin(form.values(), actor=current_user.id)
            return go(url_for("records_staff.breach", breach_id=key, done="record-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return shown.form_page("records/breach_form.html", form, row=None)


@bp.get("/staff/privacy/breaches/<int:breach_id>")
@role(PRIVACY_OFFICER)
def breach(breach_id: int) -> Response:
    """Everything about one: it prints as it is."""
    return _shown(breach_id, NoteForm())


@bp.route("/staff/privacy/breaches/<int:breach_id>/edit", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def edit_breach(breach_id: int) -> Response:
    """Say more, or otherwise."""
    row = queries.one(Breach, breach_id)
    form, theirs = shown.form_of(asked.BREACH, row), None
    if form.validate_on_submit():
        try:
            with write():
                services.change(
                    breach_id, form.values(), seen=form.seen.data, actor=current_user.id
                )
            return go(url_for("records_staff.breach", breach_id=row.id, done="record-saved"))
        except Refusal as refusal:
            theirs = shown.refused(form, refusal, queries.one(Breach, breach_id))
    return shown.form_page("records/breach_form.html", form, row=row, theirs=theirs)


@bp.post("/staff/privacy/breaches/<int:breach_id>/notes")
@role(PRIVACY_OFFICER)
def say_breach(breach_id: int) -> Response:
    """Add a line to the timeline."""
    queries.one(Breach, breach_id)
    form = NoteForm()
    if form.validate_on_submit():
        try:
            with write():
                services.say(breach_id, form.words.data or "", actor=current_user.id)
            return go(url_for("records_staff.breach", breach_id=breach_id, done="record-noted"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(breach_id, form)


@bp.post("/staff/privacy/breaches/<int:breach_id>/close")
@role(PRIVACY_OFFICER)
def close_breach(breach_id: int) -> Response:
    """Close it, once all is said; what is missing is named."""
    queries.one(Breach, breach_id)
    try:
        with write():
            services.close(breach_id, actor=current_user.id)
    except Refusal as refusal:
        form = shown.form_of(asked.BREACH, queries.one(Breach, breach_id))
        form.refuse(refusal)
        return shown.form_page("records/breach_form.html", form, row=queries.one(Breach, breach_id))
    return go(url_for("records_staff.breach", breach_id=breach_id, done="record-closed"))


@bp.post("/staff/privacy/breaches/<int:breach_id>/reopen")
@role(PRIVACY_OFFICER)
def reopen_breach(breach_id: int) -> Response:
    """Go on with it."""
    queries.one(Breach, breach_id)
    with write():
        services.reopen(breach_id, actor=current_user.id)
    return go(url_for("records_staff.breach", breach_id=breach_id, done="record-saved"))


def _shown(breach_id: int, form: NoteForm) -> Response:
    row = queries.one(Breach, breach_id)
    return page(
        "records/breach.html",
        row=row,
        form=form,
        answers=shown.answers(row, asked.BREACH),
        standing=standing.of_breach(row, clock.now()),
        due=breach_due(row.known_at),
        unsaid=services.unsaid(row),
        notes=queries.notes_of(row.id),
        history=shown.history(BREACH, row.id, asked.BREACH),
    )
