"""The register of purposes, for the officer."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import clock, register
from citizen_voice.consent import queries
from citizen_voice.consent.made import rights_of
from citizen_voice.consent.purpose_forms import BASES, TEXTS, DayForm, PurposeForm
from citizen_voice.consent.services import purposes as services
from citizen_voice.consent.staff_routes.blueprint import bp
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.outbox.kinds import KINDS
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import go, page

CSV = ("key", "words_en", "words_cy", "basis", "law_en", "law_cy", "condition_en", "condition_cy")
CSV_REST = ("policy", "retention_en", "retention_cy", "active_from", "active_to")


@bp.get("/staff/privacy/purposes")
@role(PRIVACY_OFFICER)
def purposes() -> Response:
    """Every purpose: why, on which basis, how long, and since when."""
    return page(
        "consent/purposes.html",
        purposes=[_shown(row) for row in queries.every_purpose()],
    )


@bp.get("/staff/privacy/purposes.csv")
@role(PRIVACY_OFFICER)
def purposes_csv() -> Response:
    """The register as a file."""
    header = (*CSV, *CSV_REST)
    return csv_sent(
        f"purposes-{clock.today().isoformat()}.csv",
        header,
        [[_cell(row, name) for name in header] for row in queries.every_purpose()],
    )


@bp.route("/staff/privacy/purposes/<key>", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def purpose(key: str) -> Response:
    """Change what is said of a purpose."""
    row = queries.purpose(key)
    form = PurposeForm(
        **{name: getattr(row, name) for name in TEXTS},
        basis=register.purpose(key).basis.value,
        seen=services.mark(row),
    )
    status = 200
    if form.validate_on_submit():
        try:
            with write():
                services.edit(
                    key,
                    basis=form.basis.data or "",
                    texts=form.texts(),
                    seen=form.seen.data or "",
                    actor=current_user.id,
                )
            return go(url_for("consent_staff.purposes", done="purpose-saved"))
        except Conflict as conflict:
            status = conflict.status
            form.seen.process_data(services.mark(queries.purpose(key)))
            form.refuse(conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "consent/purpose.html",
        status=status,
        form=form,
        declared=register.purpose(key).basis.value,
        why_not=services.NOT_LEGITIMATE,
        **_shown(row),
    )


@bp.route("/staff/privacy/purposes/<key>/end", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def purpose_end(key: str) -> Response:
    """Make a purpose inactive from a day on: what that does, and the day."""
    return _switched(key, services.switch_off, on=False)


@bp.route("/staff/privacy/purposes/<key>/begin", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def purpose_begin(key: str) -> Response:
    """Make a purpose active from a day on."""
    return _switched(key, services.switch_on, on=True)


def _switched(key: str, act: Callable[..., None], *, on: bool) -> Response:
    row = queries.purpose(key)
    form = DayForm(day=clock.today())
    if form.validate_on_submit():
        try:
            with write():
                act(key, form.day.day, actor=current_user.id)
            word = "purpose-begun" if on else "purpose-ended"
            return go(url_for("consent_staff.purposes", done=word))
        except Refusal as refusal:
            form.refuse(refusal)
    letters = [kind.words for kind in KINDS.values() if kind.purpose == key]
    return page("consent/purpose_day.html", form=form, on=on, letters=letters, **_shown(row))


def _shown(row: AnyRow) -> dict[str, Any]:
    return {
        "purpose": row,
        "words": queries.words(row),
        "ours": register.purpose(row.key).words,
        "basis": BASES[row.basis],
        "law": queries.said(row, "law"),
        "condition": queries.said(row, "condition"),
        "retention": queries.said(row, "retention"),
        "rights": rights_of(row.basis),
        "active": queries.is_active(row),
        "essential": services.ESSENTIAL.get(row.key),
    }


def _cell(row: AnyRow, name: str) -> object:
    if name in ("words_en", "words_cy"):
        return getattr(row, name) or register.purpose(row.key).words
    value = getattr(row, name)
    return value.isoformat() if name.startswith("active") and value is not None else value or ""
