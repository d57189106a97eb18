"""Letters, and the ends of requests: filled in, changed, sent or printed."""

from types import SimpleNamespace
from typing import Any

from flask import Response, current_app, g, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import AnyRow, write
from citizen_voice.desk import letters, queries, receipts, services
from citizen_voice.desk import models as m
from citizen_voice.desk.services.steps import reckoned
from citizen_voice.desk.shown import Shown, right_of
from citizen_voice.desk.staff_forms import DecideForm, EraseForm, LetterForm
from citizen_voice.desk.staff_routes.blueprint import bp
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import LANGUAGES, force_locale


@bp.route("/<int:rights_id>/letters/<letter_kind>", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def letter(rights_id: int, letter_kind: str) -> Response:
    """Write a letter: filled in, in the language of who asked or another (``?language=``)."""
    row = queries.one(rights_id)
    fitting = letters.FOR_COMPLAINTS if row.kind == m.COMPLAINT else letters.FOR_RIGHTS
    if letter_kind not in fitting:
        raise NotHere
    form = LetterForm(data=_filled(row, letter_kind, _language(row)))
    if form.validate_on_submit():
        try:
            with write():
                made = services.write_letter(
                    rights_id, letter_kind, form.draft(), actor=current_user.id
                )
            return go(_after(rights_id, made, form))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "desk/staff/letter.html",
        request_=Shown(row),
        row=row,
        kind=letter_kind,
        name=letters.NAMES[letter_kind],
        form=form,
        languages=LANGUAGES,
    )


@bp.get("/<int:rights_id>/papers/<int:letter_id>")
@role(PRIVACY_OFFICER)
def paper(rights_id: int, letter_id: int) -> Response:
    """A letter as it left, on one clean A4 page."""
    row = queries.one(rights_id)
    return page(
        "desk/staff/paper.html",
        row=row,
        request_=Shown(row),
        letter=queries.letter(rights_id, letter_id),
    )


@bp.route("/<int:rights_id>/decide", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def decide(rights_id: int) -> Response:
    """How it ends: outcome and reasons first, then the letter made from them, to be changed."""
    row = queries.one(rights_id)
    form = DecideForm.of(row.kind, data={"language": row.language, "way": _way(row)})
    if form.validate_on_submit():
        outcome, reasons = str(form.outcome.data or ""), form.reasons.data or ""
        try:
            if not form.body.data or form.refill.data:
                services.check(_known(row), outcome, reasons, None)
                _fill(form, row, outcome, reasons)
                return _deciding(row, form, written=True)
            with write():
                made = services.decide(
                    rights_id, outcome, reasons, form.draft(), actor=current_user.id
                )
            return go(_after(rights_id, made, form))
        except Refusal as refusal:
            form.refuse(refusal)
    return _deciding(row, form, written=bool(form.body.data))


@bp.route("/<int:rights_id>/erase", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
@require_confirmed
def erase(rights_id: int) -> Response:
    """Delete the account of who asks for it, after a second look, and write to them."""
    row = queries.one(rights_id)
    if row.kind != m.ERASURE:
        raise NotHere
    filled = _filled(row, letters.OUTCOME, row.language, outcome=m.GRANTED)
    form = EraseForm(data=filled)
    if form.validate_on_submit():
        try:
            with write():
                made = services.erase(
                    rights_id,
                    form.draft(),
                    remove_words=form.words.data == "remove",
                    actor=current_user.id,
                )
            return go(_after(rights_id, made, form))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("desk/staff/erase.html", request_=Shown(row), row=row, form=form)


def _deciding(row: AnyRow, form: DecideForm, *, written: bool) -> Response:
    return page(
        "desk/staff/decide.html",
        request_=Shown(row),
        row=row,
        right=right_of(row),
        form=form,
        written=written,
        ico=services.names_ico(row.kind, str(form.outcome.data)),
    )


def _fill(form: DecideForm, row: AnyRow, outcome: str, reasons: str) -> None:
    """Put the letter that follows from outcome and reasons into the form."""
    language = str(form.language.data)
    language = language if language in LANGUAGES else row.language
    made = _written(row, letters.outcome_of(row.kind, outcome), language, outcome, reasons)
    form.subject.data, form.body.data, form.refill.data = made.subject, made.body, ""
    if not form.way.data:
        form.way.data = _way(row)


def _filled(row: AnyRow, kind: str, language: str, *, outcome: str = "") -> dict[str, Any]:
    made = _written(row, kind, language, outcome, "")
    return {
        "language": language,
        "subject": made.subject,
        "body": made.body,
        "way": _way(row),
    }


def _written(row: AnyRow, kind: str, language: str, outcome: str, reasons: str) -> letters.Letter:
    receipt = receipts.of(row.id)
    prefix = "/cy" if language == "cy" else ""
    link = f"{current_app.config['BASE_URL']}{prefix}/my-data/asked/{receipt}"
    asked: Any = row
    if kind == letters.EXTENDED:  # the day that it will be due, not the one that it is now
        facts = SimpleNamespace(**{**row._mapping, "extended_on": clock.today()})  # noqa: SLF001
        said = reckoned(facts, list(queries.pauses_of(row.id)), queries.holidays())
        asked = SimpleNamespace(kind=row.kind, due_on=said.due)
    with force_locale(language):
        return letters.written(
            kind,
            letters.About(asked, receipt, link, say(g.site, "name").text, outcome, reasons),
        )


def _language(row: AnyRow) -> str:
    wished = request.args.get("language", "")
    return wished if wished in LANGUAGES else str(row.language)


def _way(row: AnyRow) -> str:
    return m.MAIL if row.has_email or row.has_account else m.PAPER


def _known(row: AnyRow) -> Any:
    return SimpleNamespace(kind=row.kind, identity=row.identity)


def _after(rights_id: int, letter_id: int, form: LetterForm) -> str:
    if form.way.data == m.PAPER:
        return url_for(
            "desk_staff.paper", rights_id=rights_id, letter_id=letter_id, done="letter-made"
        )
    return url_for("desk_staff.detail", rights_id=rights_id, done="letter-sent")
