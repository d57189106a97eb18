"""What is true of places now."""

from collections.abc import Sequence

from sqlalchemy import select

from citizen_voice.db import AnyRow, db
from citizen_voice.errors import NotHere
from citizen_voice.places.models import Ward

_wards = select(*Ward.__table__.columns).order_by(Ward.name_en, Ward.id)


def wards() -> Sequence[AnyRow]:
    """All wards by their English names: rows with id, code, name_en, name_cy, retired_at."""
    return db.session.execute(_wards).all()


def ward(ward_id: int) -> AnyRow:
    """A ward; raises ``NotHere``."""
    found = db.session.execute(_wards.where(Ward.id == ward_id)).one_or_none()
    if found is None:
        raise NotHere
    return found
