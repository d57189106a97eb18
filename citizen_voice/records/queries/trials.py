"""Trials whose answers say that an impact assessment is needed."""

from sqlalchemy import select

from citizen_voice.db import AnyRow, rows
from citizen_voice.pilots.models import DECIDED, Pilot

_going_on = (
    select(Pilot.id, Pilot.title_en, Pilot.title_cy, Pilot.dpia)
    .where(Pilot.cancelled_at.is_(None), Pilot.stage != DECIDED)
    .order_by(Pilot.id.desc())
)


def needing() -> list[AnyRow]:
    """Those that go on, with one yes of the six or more; the newest first."""
    return [row for row in rows(_going_on) if any(row.dpia.values())]
