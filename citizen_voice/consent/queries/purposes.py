"""What is true of purposes now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from citizen_voice import clock, register
from citizen_voice.consent.models import ActivePurpose
from citizen_voice.db import AnyRow, Moment, db, rows
from citizen_voice.errors import NotHere
from citizen_voice.words import language

_p = ActivePurpose.__table__.c
_now = bindparam("now", type_=Moment())
_active = select(_p.key).where(
    _p.active_from <= _now, _p.active_to.is_(None) | (_p.active_to > _now)
)
_every = select(*_p)
_PLACE = {key: place for place, key in enumerate(register.PURPOSES)}
_READ = "active_purposes"


def active() -> frozenset[str]:
    """The keys of the purposes that are active now: one statement, once a transaction."""
    session: Any = db.session()
    transaction = session.get_transaction() if session.info.get("writing") else None
    if transaction is not None:
        before = session.info.get(_READ)
        if before is not None and before[0] is transaction:
            found: frozenset[str] = before[1]
            return found
    keys = frozenset(row.key for row in rows(_active, {"now": clock.now()}))
    if transaction is not None:
        session.info[_READ] = (transaction, keys)
    return keys


def every_purpose() -> Sequence[AnyRow]:
    """All declared purposes that have a row, in the order in which they are declared."""
    found = [row for row in rows(_every) if row.key in register.PURPOSES]
    return sorted(found, key=lambda row: _PLACE[row.key])


def purpose(key: str) -> AnyRow:
    """The row of a purpose; raises ``NotHere``."""
    if key not in register.PURPOSES:  # whatever an address holds is asked of no database
        raise NotHere
    for row in rows(_every.where(_p.key == bindparam("key")), {"key": key}):
        return row
    raise NotHere


def is_active(row: AnyRow, now: datetime | None = None) -> bool:
    """Whether a purpose is active, now or at a moment."""
    moment = now or clock.now()
    return bool(row.active_from <= moment and (row.active_to is None or row.active_to > moment))


def words(row: AnyRow) -> str:
    """What a purpose is called in the language at hand: the council's own words, or ours."""
    own: str = getattr(row, f"words_{language()}")
    return own or str(register.purpose(row.key).words)


def said(row: AnyRow, name: str) -> str:
    """What is said of a purpose (``law``, ``condition``, ``retention``); English where it must."""
    here: str = getattr(row, f"{name}_{language()}")
    english: str = getattr(row, f"{name}_en")
    return here or english
