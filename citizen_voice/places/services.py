"""Changes of wards. Every one is in the journal."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.places import queries, wardfile
from citizen_voice.places.models import Ward
from citizen_voice.places.plan import Plan, plan
from citizen_voice.places.wardfile import Row
from citizen_voice.words import _

_FIELDS = {wardfile.CODE: "code", wardfile.NAME: "name_en", wardfile.WELSH: "name_cy"}
CHANGED = _("The wards were changed by somebody else meanwhile. Look at what would happen now.")


def add(code: str, name_en: str, name_cy: str, *, actor: UUID | None) -> int:
    """A new ward; gives its key. Raises ``Refusal`` for what is wrong, or a code that is taken."""
    _check(code, name_en, name_cy)
    if any(ward.code.casefold() == code.casefold() for ward in queries.wards()):
        raise Refusal(_("There is a ward with that code already."), field="code")
    ward = Ward(code=code, name_en=name_en, name_cy=name_cy)
    db.session.add(ward)
    _flush()
    _note("ward added", code, actor, name_en, name_cy)
    return ward.id


def rename(ward_id: int, name_en: str, name_cy: str, *, actor: UUID | None) -> None:
    """Give a ward other names; ideas that are about it show them at once."""
    ward = _locked(ward_id)
    _check(ward.code, name_en, name_cy, known=True)
    if (ward.name_en, ward.name_cy) != (name_en, name_cy):
        ward.name_en, ward.name_cy = name_en, name_cy
        _note("ward renamed", ward.code, actor, name_en, name_cy)


def retire(ward_id: int, *, actor: UUID | None) -> None:
    """Have a ward chosen no more. Ideas that are about it stay so."""
    ward = _locked(ward_id)
    if ward.retired_at is None:
        ward.retired_at = clock.now()
        _note("ward retired", ward.code, actor)


def bring_back(ward_id: int, *, actor: UUID | None) -> None:
    """Have a ward that was retired chosen again."""
    ward = _locked(ward_id)
    if ward.retired_at is not None:
        ward.retired_at = None
        _note("ward brought back", ward.code, actor)


def apply(
    rows: Sequence[Row], *, retire_others: bool, seen: str | None, actor: UUID | None
) -> Plan:
    """Do what a file of wards changes: all of it, or nothing.

    ``seen`` is the mark of the plan that was shown. Raises ``Conflict`` where it would be another
    one now.
    """
    known = queries.wards()
    done = plan(known, rows, retire_others=retire_others)
    if seen is not None and done.mark != seen:
        raise Conflict(CHANGED)
    now = clock.now()
    db.session.add_all(
        Ward(code=row.code, name_en=row.name_en, name_cy=row.name_cy or "") for row in done.added
    )
    for change in (*done.renamed, *done.brought_back):
        _change(change.before.id, change.after.name_en, change.name_cy, None)
    for ward in done.retired:
        _change(ward.id, ward.name_en, ward.name_cy, now)
    _flush()
    told = [[row.code, row.name_en, row.name_cy] for row in rows]
    if done.changes:
        _note("wards read from a file", f"{done.changes} changed", actor, json.dumps(told))
    return done


def _change(ward_id: int, name_en: str, name_cy: str, retired_at: datetime | None) -> None:
    ward = _locked(ward_id)
    ward.name_en, ward.name_cy, ward.retired_at = name_en, name_cy, retired_at


def _locked(ward_id: int) -> Ward:
    ward = db.session.get(Ward, ward_id, with_for_update=True)
    if ward is None:
        raise NotHere
    return ward


def _flush() -> None:
    try:
        db.session.flush()  # two may add the same code at the same moment
    except IntegrityError:
        raise Conflict(CHANGED, field="code") from None


def _check(code: str, name_en: str, name_cy: str, *, known: bool = False) -> None:
    """Raises ``Refusal`` at the field; a code that is ``known`` stays what it is."""
    found = wardfile.wrong("known" if known else code, name_en, name_cy)
    if found is not None:
        column, words = found
        raise Refusal(words, field=_FIELDS[column])


def _note(act: str, what: str, actor: UUID | None, *detail: str) -> None:
    journal.append(act, actor=actor, subject=f"ward {what}", detail="\n".join(detail))
