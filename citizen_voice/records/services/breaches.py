"""Breaches: from the moment that one is known until everything about it is said.

UK GDPR Art 33 (reporting within 72 hours, and keeping a record of every breach) and Art 34 (telling
the people whom a high risk is to).
"""

from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.desk.clock import breach_due
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.records import asked, fields
from citizen_voice.records.fields import Values
from citizen_voice.records.models import BREACH, Breach, BreachNote
from citizen_voice.records.services.history import CHANGED, MADE, note, refuse_unseen
from citizen_voice.words import _

NOTE_LONGEST = 2_000
CLOSED_ALREADY = _("This breach is closed. Open it again first.")


def begin(values: Values, *, actor: UUID | None) -> int:
    """Enter a breach; gives its number. Raises ``Refusal``."""
    _check(values)
    now = clock.now()
    row = Breach(**values, closed_at=None, created_at=now, changed_at=now)
    db.session.add(row)
    db.session.flush()
    note(BREACH, row.id, MADE, fields.plain(row, asked.BREACH), actor=actor)
    return row.id


def change(breach_id: int, values: Values, *, seen: str | None, actor: UUID | None) -> None:
    """Say more of one, or otherwise.

    Raises ``Refusal``, ``NotHere``, and ``Conflict`` where somebody else changed it meanwhile.
    """
    row = _open(breach_id)
    refuse_unseen(row, seen)
    _check(values)
    changes = fields.put(row, asked.BREACH, values)
    if changes:
        row.changed_at = clock.now()
    note(BREACH, row.id, CHANGED, changes, actor=actor)


def say(breach_id: int, words: str, *, actor: UUID | None) -> None:
    """Add a line to the timeline. Raises ``Refusal``."""
    row = _open(breach_id)
    if not words:
        raise Refusal(_("Write what happened."), field="words")
    if len(words) > NOTE_LONGEST:
        raise Refusal(_("Make this 2,000 letters or shorter."), field="words")
    db.session.add(BreachNote(breach_id=row.id, words=words, actor_id=actor, at=clock.now()))
    note(BREACH, row.id, "noted", {}, actor=actor)


def close(breach_id: int, *, actor: UUID | None) -> None:
    """Close it, once all is said. Raises ``Refusal`` at the field of what is still missing."""
    row = _held(breach_id)
    if row.closed_at is not None:
        return
    found = unsaid(row)
    if found:
        name, words = found[0]
        raise Refusal(words, field=name)
    row.closed_at = row.changed_at = clock.now()
    note(BREACH, row.id, "closed", {}, actor=actor)


def reopen(breach_id: int, *, actor: UUID | None) -> None:
    """Go on with one that was closed."""
    row = _held(breach_id)
    if row.closed_at is not None:
        row.closed_at = None
        row.changed_at = clock.now()
        note(BREACH, row.id, "opened again", {}, actor=actor)


def unsaid(row: Any) -> list[tuple[str, object]]:
    """What has to be said before a breach is closed: fields, each with its sentence."""
    needed: list[tuple[str, object]] = [
        ("whose", _("Say whose data it is.")),
        ("how_many", _("Say about how many people.")),
        ("data", _("Say which data it is.")),
        ("consequences", _("Say what may come of it.")),
        ("measures", _("Say what was done.")),
        ("risk", _("Say how risky it is for people.")),
    ]
    found = [each for each in needed if getattr(row, each[0]) in (None, "")]
    if row.reported_at is None:
        if row.risk in ("some", "high"):
            found.append(("reported_at", _("With a risk to people, the ICO has to know.")))
        elif row.risk and not row.not_reported_why:
            found.append(("not_reported_why", _("Say why it is not reported.")))
    elif row.reported_at > breach_due(row.known_at) and not row.late_why:
        found.append(("late_why", _("It was reported after 72 hours. Say why.")))
    if row.risk == "high":
        if row.told_at is None and not row.not_told_why:
            found.append(("told_at", _("Say when people were told, or why they are not.")))
        if row.told_at is not None and not row.told_how:
            found.append(("told_how", _("Say how people were told.")))
    return found


def _check(values: Values) -> None:
    fields.check(asked.BREACH, values)
    now, known_at = clock.now(), values["known_at"]
    for name in ("known_at", "reported_at", "told_at"):
        if values[name] is not None and values[name] > now:
            raise Refusal(_("That moment has not come yet."), field=name)
    reported_at = values["reported_at"]
    if reported_at is not None and reported_at < known_at:
        raise Refusal(_("Nobody can report it before they know."), field="reported_at")
    if reported_at is not None and reported_at > breach_due(known_at) and not values["late_why"]:
        raise Refusal(_("It was reported after 72 hours. Say why."), field="late_why")


def _held(breach_id: int) -> Breach:
    row = db.session.get(Breach, breach_id, with_for_update=True)
    if row is None:
        raise NotHere
    return row


def _open(breach_id: int) -> Breach:
    row = _held(breach_id)
    if row.closed_at is not None:
        raise NotAllowed(CLOSED_ALREADY)
    return row
