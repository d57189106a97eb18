"""Measures of a pilot and their readings."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.pilots import wording
from citizen_voice.pilots.models import LESS, MORE, PilotChange, PilotMeasure, PilotReading
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.pilots.services.planning import WHY, note_change
from citizen_voice.words import _

MOST_MEASURES = 12
MOST_READINGS = 2_000
LARGEST = 1e12
EARLIEST = date(1990, 1, 1)
TARGET = "target"


class Reading(NamedTuple):
    """What was measured on a day."""

    day: date
    value: float
    note: str = ""


def add_measure(
    pilot_id: int,
    *,
    better: str,
    baseline: float | None,
    target: float | None,
    first_on: date | None = None,
    actor: UUID | None,
    **given: str,
) -> int:
    """Say what is measured; gives the measure's number.

    ``given`` are ``name``, ``unit`` and ``source`` in both languages; ``better`` is ``more`` or
    ``less``; ``first_on`` is when the first figures are due. Raises ``Refusal`` at the field.
    """
    held(pilot_id)
    counted = select(func.count()).where(
        PilotMeasure.pilot_id == pilot_id, PilotMeasure.removed_at.is_(None)
    )
    if db.session.scalars(counted).one() >= MOST_MEASURES:
        raise NotAllowed(_("A trial has %(number)s measures at most.", number=MOST_MEASURES))
    words = _words(given, better)
    namesake = select(PilotMeasure.id).where(
        PilotMeasure.pilot_id == pilot_id,
        PilotMeasure.name_en == words["name_en"],
        PilotMeasure.removed_at.is_(None),
    )
    if db.session.execute(namesake).first() is not None:
        raise Refusal(_("This trial has a measure of that name already."), field="name_en")
    row = PilotMeasure(
        pilot_id=pilot_id,
        **words,
        better=better,
        baseline=_number(baseline, "baseline"),
        target=_number(target, "target"),
        first_on=first_on,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(f"pilot measure {row.id} added", pilot_id, actor, row.name_en)
    return row.id


def change_measure(
    measure_id: int,
    *,
    better: str,
    baseline: float | None,
    first_on: date | None = None,
    actor: UUID | None,
    **given: str,
) -> None:
    """Say anew what is measured; its target changes by ``change_target`` alone."""
    row = _held(measure_id)
    for name, value in _words(given, better).items():
        setattr(row, name, value)
    row.better, row.baseline = better, _number(baseline, "baseline")
    row.first_on = first_on
    record(f"pilot measure {measure_id} changed", row.pilot_id, actor, row.name_en)


def change_target(
    measure_id: int,
    target: float | None,
    *,
    why_en: str = "",
    why_cy: str = "",
    actor: UUID | None,
) -> None:
    """Set a target, or change one: then everybody reads what it was, when, and why.

    One that was taken away and is set again changes, too. Raises ``Refusal`` for a change without a
    reason.
    """
    row = _held(measure_id)
    now = _number(target, TARGET)
    if now == row.target:
        return
    changed = select(PilotChange.id).where(PilotChange.measure_id == measure_id)
    if row.target is not None or db.session.execute(changed).first() is not None:
        why = wording.words({"why_en": why_en, "why_cy": why_cy}, "why", wording.SENTENCE, WHY)
        was = ("" if row.target is None else plain(row.target), "")
        told = ("" if now is None else plain(now), "")
        note_change(row.pilot_id, TARGET, was, told, why, actor, measure_id=row.id)
    row.target = now


def remove_measure(measure_id: int, *, actor: UUID | None) -> None:
    """Take a measure away. Raises ``NotAllowed`` once it has readings: those stay public."""
    row = _held(measure_id)
    if db.session.execute(
        select(PilotReading.day).where(PilotReading.measure_id == measure_id)
    ).first():
        raise NotAllowed(_("It has readings already, so it stays."))
    row.removed_at = clock.now()
    record(f"pilot measure {measure_id} removed", row.pilot_id, actor, row.name_en)


def add_readings(measure_id: int, readings: Sequence[Reading], *, actor: UUID | None) -> int:
    """Keep readings, all or none; gives how many there were. A day's new value takes its place.

    Raises ``Refusal`` (field ``value``, ``day`` or ``note``) for a value that is none, a day in the
    future or long ago, too many.
    """
    row = _held(measure_id)
    if not readings:
        raise Refusal(_("There are no readings in it."), field="value")
    for reading in readings:
        check(reading)
    known = {
        each.day: each
        for each in db.session.scalars(
            select(PilotReading).where(PilotReading.measure_id == measure_id)
        )
    }
    if len(known.keys() | {reading.day for reading in readings}) > MOST_READINGS:
        raise Refusal(
            _("A measure has %(number)s readings at most.", number=MOST_READINGS), field="value"
        )
    for reading in readings:
        kept = known.get(reading.day)
        if kept is None:
            kept = known[reading.day] = PilotReading(measure_id=measure_id, day=reading.day)
            db.session.add(kept)
        kept.value, kept.note = float(reading.value), reading.note
        kept.added_by, kept.added_at = actor, clock.now()
    record(f"pilot readings of measure {row.id}: {len(readings)}", row.pilot_id, actor)
    return len(readings)


def check(reading: Reading) -> None:
    """Raise ``Refusal`` for a reading that is none."""
    _number(reading.value, "value")
    if reading.day > clock.today():
        raise Refusal(_("That day is still to come."), field="day")
    if reading.day < EARLIEST:
        raise Refusal(_("That day is too long ago."), field="day")
    if len(reading.note) > 200:
        raise Refusal(_("Make this %(number)s letters or shorter.", number=200), field="note")


def remove_reading(measure_id: int, day: date, *, actor: UUID | None) -> None:
    """Take a day's reading away; raises ``NotHere``."""
    row = _held(measure_id)
    found = db.session.get(PilotReading, (measure_id, day))
    if found is None:
        raise NotHere
    record(f"pilot reading of {day} removed", row.pilot_id, actor, plain(found.value))
    db.session.delete(found)


def plain(value: float) -> str:
    """A number with a point, with all its digits and no more: 12.5, 1200, 0.1."""
    return repr(value).removesuffix(".0")


def _words(given: Mapping[str, str], better: str) -> dict[str, str]:
    if better not in (MORE, LESS):
        raise Refusal(_("Choose which way is better."), field="better")
    return {
        **wording.line(given, "name", 80, _("Say what is measured.")),
        **wording.line(given, "unit", 30),
        **wording.line(given, "source", 200),
    }


def _number(value: float | None, field: str) -> float | None:
    if value is not None and (not math.isfinite(value) or abs(value) > LARGEST):
        raise Refusal(_("Write a number that fits, such as 12.5."), field=field)
    return value


def _held(measure_id: int) -> PilotMeasure:
    row = db.session.get(PilotMeasure, measure_id)
    if row is None or row.removed_at is not None:
        raise NotHere
    held(row.pilot_id)
    db.session.refresh(row)
    if row.removed_at is not None:
        raise NotHere
    return row
