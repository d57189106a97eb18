"""Wards: their names and codes, one by one or by a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.ideas.queries.totals import ideas_by_ward
from citizen_voice.places import carried, queries, services, wardfile
from citizen_voice.places.carried import Carried
from citizen_voice.places.forms import FileForm, NamesForm, WardForm
from citizen_voice.places.plan import plan
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_file
from citizen_voice.web.htmx import go, page
from citizen_voice.web.large_forms import room_for

bp = Blueprint("places_staff", __name__)

LARGEST_FILE_FORM = 1024 * 1024
"""What is larger than a file of wards may be is refused at its field, up to what nginx takes."""
room_for(bp, "file", LARGEST_FILE_FORM)


@bp.get("/staff/wards")
@role(ADMINISTRATOR)
def index() -> Response:
    """All wards, with how many ideas are about each."""
    return page("places/index.html", wards=queries.wards(), ideas=ideas_by_ward())


@bp.get("/staff/wards.csv")
@role(ADMINISTRATOR)
def download() -> Response:
    """The same as a file, which can be changed and read again."""
    rows = [
        (ward.code, ward.name_en, ward.name_cy)
        for ward in queries.wards()
        if ward.retired_at is None
    ]
    return csv_file("wards.csv", ("code", "name", "welsh"), rows)


@bp.route("/staff/wards/new", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def new() -> Response:
    """Add a ward."""
    form = WardForm()
    if form.validate_on_submit():
        try:
            with write():
                services.add(form.code.data or "", **form.names(), actor=current_user.id)
            return go(url_for("places_staff.index", done="ward-added"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("places/ward.html", form=form, ward=None)


@bp.route("/staff/wards/<int:ward_id>", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def edit(ward_id: int) -> Response:
    """Give a ward other names."""
    ward = queries.ward(ward_id)
    form = NamesForm(name_en=ward.name_en, name_cy=ward.name_cy)
    if form.validate_on_submit():
        try:
            with write():
                services.rename(ward_id, **form.names(), actor=current_user.id)
            return go(url_for("places_staff.index", done="ward-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("places/ward.html", form=form, ward=ward)


@bp.post("/staff/wards/<int:ward_id>/retire")
@role(ADMINISTRATOR)
def retire(ward_id: int) -> Response:
    """Have it chosen no more."""
    with write():
        services.retire(ward_id, actor=current_user.id)
    return go(url_for("places_staff.index", done="ward-retired"))


@bp.post("/staff/wards/<int:ward_id>/bring-back")
@role(ADMINISTRATOR)
def bring_back(ward_id: int) -> Response:
    """Have it chosen again."""
    with write():
        services.bring_back(ward_id, actor=current_user.id)
    return go(url_for("places_staff.index", done="ward-back"))


@bp.route("/staff/wards/file", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def file() -> Response:
    """Choose a file, and see what it would change. Nothing changes here."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            read = wardfile.read(form.file.data.read(wardfile.LARGEST + 1))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if not read.faults:
                return _preview(read.rows, retire_others=form.retire_others.data)
            return page("places/file.html", form=form, faults=read.faults, refusal=True)
    return page("places/file.html", form=form, faults=())


@bp.post("/staff/wards/file/apply")
@role(ADMINISTRATOR)
def apply() -> Response:
    """Do what was shown: all of it, or nothing."""
    shown = carried.unseal(request.form.get("carried", ""))
    try:
        with write():
            services.apply(
                shown.rows,
                retire_others=shown.retire_others,
                seen=shown.seen,
                actor=current_user.id,
            )
    except Conflict as conflict:
        response = _preview(shown.rows, retire_others=shown.retire_others, conflict=conflict)
        response.status_code = conflict.status
        return response
    return go(url_for("places_staff.index", done="wards-applied"))


def _preview(
    rows: Sequence[wardfile.Row],
    *,
    retire_others: bool,
    conflict: Conflict | None = None,
) -> Response:
    """What the rows would change, with a button that does it."""
    found = plan(queries.wards(), rows, retire_others=retire_others)
    sealed = carried.seal(Carried(rows, retire_others, found.mark))
    return page("places/preview.html", plan=found, carried=sealed, conflict=conflict)
