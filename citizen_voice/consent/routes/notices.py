"""Privacy notices, every version of them, and that somebody has seen a new one."""

from difflib import SequenceMatcher
from typing import Any

from flask import Response, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts.routes.signing_in import VERSION, local
from citizen_voice.consent import elements, queries, services
from citizen_voice.consent.routes.blueprint import bp
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere
from citizen_voice.outbox import kinds
from citizen_voice.web.access import everyone, members
from citizen_voice.web.htmx import go, page
from citizen_voice.words import language

PLACE = "banner"


@bp.get("/privacy")
@everyone
def privacy() -> Response:
    """What we do with personal data: the notice in force."""
    return _notice(queries.PRIVACY, kinds=kinds.register_rows())


@bp.get("/privacy/young-people")
@everyone
def young_people() -> Response:
    """The same for people under 18, in words for them."""
    return _notice(queries.YOUNG_PEOPLE)


@bp.get("/privacy/notices")
@everyone
def notices() -> Response:
    """Every version that there is, or was, with what changed."""
    here = language()
    by_version: dict[tuple[str, int], AnyRow] = {}
    for row in queries.every_version():  # Welsh comes after English, in Welsh the other way round
        key = (row.name, row.version)
        if key not in by_version or row.language == here:
            by_version[key] = row
    return page(
        "consent/notices.html",
        groups=[
            (notice, [row for (name, _v), row in by_version.items() if name == notice.name])
            for notice in elements.NOTICES.values()
        ],
        now=clock.now(),
        audiences=elements.AUDIENCES,
        layers=elements.LAYERS,
    )


@bp.get("/privacy/notices/<name>/<int:version>")
@everyone
def notice(name: str, version: int) -> Response:
    """One version, at the address that it keeps."""
    row = queries.text_of(name, version)
    return page("consent/notice.html", **_context(row), own_address=True)


@bp.get("/privacy/notices/<name>/<int:version>/changes")
@everyone
def changes(name: str, version: int) -> Response:
    """What is other than in the version before: what was put in, what was taken out."""
    row = queries.text_of(name, version)
    before = queries.text_of(name, version - 1)
    return page(
        "consent/notice_changes.html",
        **_context(row),
        before=before,
        parts=compared(before.text, row.text),
    )


@bp.post("/privacy/seen")
@members
def seen() -> Response:
    """Somebody has seen the new version that a page put before them."""
    version = request.form.get("version", "")
    number = int(version) if VERSION.fullmatch(version) else 0
    with write():
        services.record_served(
            current_user.id,
            name=request.form.get("name", "")[:40],
            version=number,
            language=language(),
            place=PLACE,
        )
    return go(local(request.form.get("next")))


def compared(before: str, after: str) -> list[tuple[str, list[str]]]:
    """What was put in and taken out, paragraph by paragraph: pairs of ``in`` or ``out`` and words.

    In the order of the newer version.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [
                (how, part) for how, part in (("out", old[i1:i2]), ("in", new[j1:j2])) if part
            ]
    return found


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _notice(name: str, **context: Any) -> Response:
    found = queries.in_force(name)
    if not found:
        raise NotHere
    row = queries.text_of(name, found[0].version)
    return page("consent/notice.html", shown=row.id, **_context(row), **context)


def _context(row: AnyRow) -> dict[str, Any]:
    declared = elements.NOTICES.get(row.name)
    current = queries.current_version(row.name)
    return {
        "notice": row,
        "title": declared.title if declared else row.name,
        "lang": None if row.language == language() else row.language,
        "current": current,
        "to_come": row.effective_from > clock.now(),
        "audience": elements.AUDIENCES[row.audience],
        "layer": elements.LAYERS[row.layer],
    }
