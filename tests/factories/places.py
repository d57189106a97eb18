"""Wards."""

from citizen_voice.db import db, write
from citizen_voice.places.models import Ward


def ward(name: str = "Castle") -> int:
    """A ward's key."""
    with write():
        row = Ward(code=name.lower(), name_en=name)
        db.session.add(row)
        db.session.flush()
        return row.id
