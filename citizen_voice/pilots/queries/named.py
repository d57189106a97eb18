"""What stands for a pilot where something else is about it."""

from typing import Any

from sqlalchemy import bindparam, select

from citizen_voice.db import AnyRow, rows
from citizen_voice.errors import NotHere
from citizen_voice.pilots.models import Pilot

_key: Any = bindparam("pilot", type_=Pilot.id.type)
_named = select(Pilot.id, Pilot.title_en, Pilot.title_cy, Pilot.stage, Pilot.cancelled_at).where(
    Pilot.id == _key
)


def named(pilot_id: int) -> AnyRow:
    """A pilot: its titles, stage, and whether it was cancelled; raises ``NotHere`` for none."""
    found = rows(_named, {"pilot": pilot_id})
    if not found:
        raise NotHere
    return found[0]
