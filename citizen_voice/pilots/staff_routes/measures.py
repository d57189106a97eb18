"""Measures of a pilot: what is measured, and readings, typed, pasted or from a file."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.pilots import charts, parsing, services, written
from citizen_voice.pilots.measure_forms import MeasureForm, Preview, ReadingForm, TableForm, typed
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import parts, public
from citizen_voice.pilots.seen import ChangedMeanwhile, catch_up
from citizen_voice.pilots.services.holding import held
from citizen_voice.pilots.services.measuring import MOST_MEASURES
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.shown import Trial, going_on
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for

KEEP = "_keep"
LARGEST_FORM = 4 * parsing.LARGEST
"""A tab takes three bytes of a form, a letter up to nine."""
NEWEST = 100


@bp.url_value_preprocessor
def room_for_a_table(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A table is larger than other forms; asked before the form is read for its token."""
    if endpoint == "pilots_staff.table":
        request.max_content_length = request.max_form_memory_size = LARGEST_FORM


@bp.get("/<pilot_ref>/measures")
@role(*CONFIRMERS)
def measures(pilot_ref: str) -> Response:
    """What is measured."""
    trial = going_on(pilot_ref, to="runs")
    return page(
        "pilots/staff/measures.html",
        trial=trial,
        measures=parts.measures_of(trial.id),
        with_unit=charts.with_unit,
        most=MOST_MEASURES,
    )


@bp.route("/<pilot_ref>/measures/new", methods=["GET", "POST"])
@role(*CONFIRMERS)
def new_measure(pilot_ref: str) -> Response:
    """Say what is measured."""
    trial = going_on(pilot_ref, to="runs")
    form = MeasureForm()
    if form.validate_on_submit():
        try:
            said, target = form.said(), form.number("target")
            with write():
                number = services.add_measure(
                    trial.id, **said, target=target, actor=current_user.id
                )
            return go(_address(trial, number, "measure-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("pilots/measures/form.html", trial=trial, form=form, measure=None)


@bp.route("/<pilot_ref>/measures/<int:measure_id>/change", methods=["GET", "POST"])
@role(*CONFIRMERS)
def change_measure(pilot_ref: str, measure_id: int) -> Response:
    """Say it anew; why a target changes is for everybody to read."""
    trial = going_on(pilot_ref, to="runs")
    row, readings = public.measure(trial.id, measure_id)
    form = MeasureForm.of(row)
    if form.validate_on_submit():
        try:
            said, target = form.said(), form.number("target")
            with write():
                held(trial.id)
                catch_up(form, MeasureForm.begun(public.measure(trial.id, measure_id)[0]))
                services.change_measure(measure_id, **said, actor=current_user.id)
                services.change_target(
                    measure_id,
                    target,
                    why_en=str(form.why_en.data or ""),
                    why_cy=str(form.why_cy.data or ""),
                    actor=current_user.id,
                )
            return go(_address(trial, measure_id, "measure-saved"))
        except ChangedMeanwhile:
            pass  # the form says so
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/measures/form.html",
        trial=trial,
        form=form,
        measure=row,
        has_readings=bool(readings),
        asks_why=row.target is not None
        or any(each.measure_id == measure_id for each in parts.changes_of(trial.id)),
    )


@bp.post("/<pilot_ref>/measures/<int:measure_id>/remove")
@role(*CONFIRMERS)
def remove_measure(pilot_ref: str, measure_id: int) -> Response:
    """Take it away; that was asked about."""
    trial = going_on(pilot_ref, to="runs")
    public.measure(trial.id, measure_id)
    with write():
        services.remove_measure(measure_id, actor=current_user.id)
    return go(url_for("pilots_staff.measures", pilot_ref=trial.ref, done="measure-removed"))


@bp.route("/<pilot_ref>/measures/<int:measure_id>", methods=["GET", "POST"])
@role(*CONFIRMERS)
def readings(pilot_ref: str, measure_id: int) -> Response:
    """The readings of a measure; one more is typed here."""
    trial = going_on(pilot_ref, to="runs")
    row, found = public.measure(trial.id, measure_id)
    form, replaces = ReadingForm(), None
    if form.validate_on_submit():
        try:
            reading = parsing.one(form.day.data or "", form.value.data or "", form.note.data or "")
            was = next((each.value for each in found if each.day == reading.day), None)
            if was in (None, reading.value) or form.instead.data == typed(was):
                with write():
                    services.add_readings(measure_id, [reading], actor=current_user.id)
                return go(_address(trial, measure_id, "reading-kept"))
            replaces, form.instead.data = (reading.day, was, reading.value), typed(was)
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(trial, row, found, form=form, replaces=replaces)


@bp.route("/<pilot_ref>/measures/<int:measure_id>/table", methods=["GET", "POST"])
@role(*CONFIRMERS)
def table(pilot_ref: str, measure_id: int) -> Response:
    """Look at what was pasted or sent; the good lines are kept when that is asked for."""
    trial = going_on(pilot_ref, to="runs")
    row, found = public.measure(trial.id, measure_id)
    form, preview = TableForm(), None
    if form.validate_on_submit():
        try:
            if form.file.data and (content := form.file.data.read(parsing.LARGEST + 1)):
                form.pasted.data = parsing.text_of(content)
            known = {each.day: each.value for each in found}
            preview = Preview(parsing.parsed(form.pasted.data or ""), known)
            if KEEP in request.form and form.seen.data == preview.mark and preview.good:
                with write():
                    services.add_readings(measure_id, preview.good, actor=current_user.id)
                if not preview.bad:
                    return go(_address(trial, measure_id, "readings-kept"))
                return _left(trial, row, form, preview)
            form.seen.data = preview.mark
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/measures/table.html",
        trial=trial,
        measure=row,
        form=form,
        preview=preview,
        changed_since=preview is not None and KEEP in request.form,
        decimal=charts.decimal,
    )


@bp.post("/<pilot_ref>/measures/<int:measure_id>/readings/remove")
@role(*CONFIRMERS)
def remove_reading(pilot_ref: str, measure_id: int) -> Response:
    """Take a day's reading away; that was asked about."""
    trial = going_on(pilot_ref, to="runs")
    public.measure(trial.id, measure_id)
    day = written.day(request.form.get("day", ""))
    if day is None:
        raise NotHere
    with write():
        services.remove_reading(measure_id, day, actor=current_user.id)
    return go(_address(trial, measure_id, "reading-removed"))


def _left(trial: Trial, row: AnyRow, form: TableForm, preview: Preview) -> Response:
    """The lines that were not kept, to be put right, below the one that names the columns."""
    lines = parsing.lines(form.pasted.data or "")
    kept = ([preview.heading] if preview.heading else []) + [bad.line for bad in preview.bad]
    form.pasted.data = "\n".join(lines[line - 1].rstrip("\r\n") for line in kept)
    return page(
        "pilots/measures/table.html",
        trial=trial,
        measure=row,
        form=form,
        preview=None,
        kept=len(preview.good),
        left=preview.bad,
        decimal=charts.decimal,
    )


def _shown(trial: Trial, row: AnyRow, found: Any, **further: Any) -> Response:
    remove = written.day(request.args.get("remove", ""))
    newest = found[::-1]
    series = charts.Series(
        f"m{row.id}",
        say(row, "name"),
        say(row, "unit"),
        [(each.day, each.value) for each in found],
        row.baseline,
        row.target,
    )
    return page(
        "pilots/measures/readings.html",
        trial=trial,
        measure=row,
        readings=newest if request.args.get("all") else newest[:NEWEST],
        number=len(found),
        chart=charts.svg(series) if found else None,
        with_unit=charts.with_unit,
        removing=next((each for each in found if each.day == remove), None),
        **further,
    )


def _address(trial: Trial, measure_id: int, done: str) -> str:
    return url_for("pilots_staff.readings", pilot_ref=trial.ref, measure_id=measure_id, done=done)
