"""What is true of places now."""

from collections.abc import Sequence

from sqlalchemy import select

from citizen_voice.db import AnyRow, db
from citizen_voice.places.models import Ward

_wards = select(*Ward.__table__.columns).order_by(Ward.name_en, Ward.id)


def wards() -> Sequence[AnyRow]:
    """All wards by their English names: rows with id, code, name_en, name_cy."""
    return db.session.execute(_wards).all()
