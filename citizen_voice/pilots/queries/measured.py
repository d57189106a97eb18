"""Everything that was measured in a pilot, as a file has it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, bindparam, select, tuple_

from citizen_voice.db import AnyRow, rows
from citizen_voice.pilots.models import PilotMeasure, PilotReading

CHUNK = 500

_named_readings = (
    select(
        PilotMeasure.name_en,
        PilotMeasure.name_cy,
        PilotMeasure.unit_en,
        PilotMeasure.unit_cy,
        PilotReading.measure_id,
        PilotReading.day,
        PilotReading.value,
        PilotReading.note,
    )
    .join(PilotMeasure, PilotMeasure.id == PilotReading.measure_id)
    .where(
        PilotMeasure.pilot_id == bindparam("pilot"),
        PilotMeasure.removed_at.is_(None),
        tuple_(PilotReading.measure_id, PilotReading.day)
        > tuple_(bindparam("measure", type_=Integer()), bindparam("day", type_=Date())),
    )
    .order_by(PilotReading.measure_id, PilotReading.day)
    .limit(CHUNK)
)


def readings_of(pilot_id: int) -> Iterator[AnyRow]:
    """Every reading of a pilot with the name of what it measures, some hundreds at a time."""
    place: dict[str, Any] = {"measure": 0, "day": date.min}
    while True:
        found = rows(_named_readings, {"pilot": pilot_id} | place)
        yield from found
        if len(found) < CHUNK:
            return
        place = {"measure": found[-1].measure_id, "day": found[-1].day}
