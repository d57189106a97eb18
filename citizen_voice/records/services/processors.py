"""Keeping the list of processors (UK GDPR Art 28)."""

from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.records import asked, fields
from citizen_voice.records.fields import Values
from citizen_voice.records.models import PROCESSOR, Processor
from citizen_voice.records.services.history import CHANGED, MADE, note, refuse_unseen
from citizen_voice.words import _


def add(values: Values, *, actor: UUID | None) -> int:
    """Add a processor; gives its number. Raises ``Refusal``."""
    _check(values)
    now = clock.now()
    row = Processor(**values, created_at=now, changed_at=now)
    db.session.add(row)
    db.session.flush()
    note(PROCESSOR, row.id, MADE, fields.plain(row, asked.processor()), actor=actor)
    return row.id


def change(processor_id: int, values: Values, *, seen: str | None, actor: UUID | None) -> None:
    """Change one. Raises ``Refusal``, ``NotHere``, and ``Conflict`` where somebody else did."""
    row = db.session.get(Processor, processor_id, with_for_update=True)
    if row is None:
        raise NotHere
    refuse_unseen(row, seen)
    _check(values)
    changes = fields.put(row, asked.processor(), values)
    if changes:
        row.changed_at = clock.now()
    note(PROCESSOR, row.id, CHANGED, changes, actor=actor)


def _check(values: Values) -> None:
    fields.check(asked.processor(), values)
    if values["transfer"] == "exception" and not values["transfer_words"]:
        raise Refusal(_("Say which exception, and why it fits."), field="transfer_words")
    begun, ended = values["contract_on"], values["ended_on"]
    if begun and ended and ended < begun:
        raise Refusal(_("It can’t end before it began."), field="ended_on")
