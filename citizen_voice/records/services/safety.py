"""Online safety: scope record and risk assessments (Online Safety Act 2023, ss. 9 to 11)."""

from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.records import asked, fields
from citizen_voice.records.fields import Values
from citizen_voice.records.models import SAFETY_RISK, SCOPE, SafetyRisk, SafetyScope
from citizen_voice.records.services.history import note
from citizen_voice.records.wording import HARMS
from citizen_voice.words import _


def sign_scope(values: Values, *, actor: UUID | None) -> None:
    """Sign who provides the service and why; it counts for a year. Raises ``Refusal``."""
    fields.check(asked.SCOPE, values)
    _past(values, "signed_on")
    row = SafetyScope(**values, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    note(SCOPE, row.id, "signed", fields.plain(row, asked.SCOPE), actor=actor)


def assess(kind: str, values: Values, *, actor: UUID | None) -> None:
    """Say how risky one kind of content is; it counts for a year. Raises ``Refusal``."""
    if kind not in HARMS:
        raise NotHere
    fields.check(asked.SAFETY_RISK, values)
    _past(values, "assessed_on")
    row = SafetyRisk(kind=kind, **values, created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    changes = {"kind": ["", kind], **fields.plain(row, asked.SAFETY_RISK)}
    note(SAFETY_RISK, row.id, "assessed", changes, actor=actor)


def _past(values: Values, name: str) -> None:
    if values[name] > clock.today():
        raise Refusal(_("That day has not come yet."), field=name)
