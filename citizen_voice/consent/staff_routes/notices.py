"""Notices, for the officer: versions, the draft of the next one, its preview, publishing it."""

from typing import Any

from flask import Response, g, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.consent import elements, made, queries
from citizen_voice.consent.notice_forms import NoticeForm, form_for
from citizen_voice.consent.services import drafting
from citizen_voice.consent.services.drafting import Incomplete
from citizen_voice.consent.staff_routes.blueprint import bp
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import go, page
from citizen_voice.words import LANGUAGES

CSV = ("name", "version", "language", "audience", "layer", "effective_from", "material", "changed")


@bp.get("/staff/privacy/notices")
@role(PRIVACY_OFFICER)
def notices() -> Response:
    """Each notice: the version in force, those before and to come, and its draft."""
    drafts = {row.name: row for row in queries.drafts()}
    versions = queries.every_version()
    return page(
        "consent/notices_staff.html",
        groups=[
            (
                notice,
                queries.current_version(notice.name),
                [row for row in versions if (row.name, row.language) == (notice.name, "en")],
                drafts.get(notice.name),
            )
            for notice in elements.NOTICES.values()
        ],
        of_another=queries.of_another_council(g.site.council_en),
        now=clock.now(),
        audiences=elements.AUDIENCES,
        layers=elements.LAYERS,
    )


@bp.get("/staff/privacy/notices.csv")
@role(PRIVACY_OFFICER)
def notices_csv() -> Response:
    """Every version as a file, a line a language."""
    header = (*CSV, "sha256")
    return csv_sent(
        f"notices-{clock.today().isoformat()}.csv",
        header,
        [[_cell(row, name) for name in header] for row in queries.every_version()],
    )


@bp.post("/staff/privacy/notices/<name>/begin")
@role(PRIVACY_OFFICER)
def notice_begin(name: str) -> Response:
    """Begin the next version with the words of this one."""
    with write():
        drafting.begin(name)
    return go(url_for("consent_staff.notice_draft", name=name))


@bp.route("/staff/privacy/notices/<name>/draft", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def notice_draft(name: str) -> Response:
    """Write the next version: a section for each element. It is kept, complete or not."""
    row = drafting.the_draft(name)
    form = form_for(drafting.declared(name), row, drafting.mark(row))
    status = 200
    if form.validate_on_submit():
        try:
            with write():
                drafting.save(name, form.written(), seen=form.seen.data or "")
            if "preview" in request.form:
                return go(url_for("consent_staff.notice_preview", name=name))
            return go(url_for("consent_staff.notice_draft", name=name, done="notice-kept"))
        except Conflict as conflict:
            status = conflict.status
            form.seen.process_data(drafting.mark(drafting.the_draft(name)))
            form.refuse(conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return _editor(name, form, status)


@bp.get("/staff/privacy/notices/<name>/preview")
@role(PRIVACY_OFFICER)
def notice_preview(name: str) -> Response:
    """The draft as people would read it, in each language, and what is missing."""
    row = drafting.the_draft(name)
    return page(
        "consent/notice_preview.html",
        notice=drafting.declared(name),
        draft=row,
        texts=drafting.texts(name, row.sections),
        missing=drafting.missing(name, row),
        languages=LANGUAGES,
    )


@bp.post("/staff/privacy/notices/<name>/publish")
@role(PRIVACY_OFFICER)
@require_confirmed
def notice_publish(name: str) -> Response:
    """Publish the draft. What is missing is named at its place, and nothing is published."""
    row = drafting.the_draft(name)
    try:
        with write():
            drafting.publish(name, actor=current_user.id)
        return go(url_for("consent_staff.notices", done="notice-published"))
    except Refusal as refusal:
        form = form_for(drafting.declared(name), row, drafting.mark(row), formdata=None)
        form.refuse(refusal)
        if isinstance(refusal, Incomplete):
            form.name_missing(refusal)
        return _editor(name, form, refusal.status)


@bp.post("/staff/privacy/notices/<name>/discard")
@role(PRIVACY_OFFICER)
def notice_discard(name: str) -> Response:
    """Delete the draft."""
    with write():
        drafting.discard(name, actor=current_user.id)
    return go(url_for("consent_staff.notices", done="notice-discarded"))


def _editor(name: str, form: NoticeForm, status: int) -> Response:
    notice, purposes = drafting.declared(name), queries.every_purpose()
    return page(
        "consent/notice_draft.html",
        status=status,
        form=form,
        notice=notice,
        sections=[
            (
                element,
                made.section(element.key, purposes),
                [form[f"{element.key}_{code}"] for code in LANGUAGES],
            )
            for element in notice.elements
        ],
        first=not queries.newest_version(name),
        audience=elements.AUDIENCES[notice.audience],
        layer=elements.LAYERS[notice.layer],
        most=drafting.CHANGED_MOST,
    )


def _cell(row: AnyRow, name: str) -> Any:
    value = getattr(row, name)
    if name == "effective_from":
        return value.isoformat()
    return ("yes" if value else "no") if name == "material" else value
