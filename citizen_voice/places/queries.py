"""What is true of places now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from citizen_voice.db import db
from citizen_voice.places.models import Ward

_wards = select(*Ward.__table__.columns).order_by(Ward.name_en, Ward.id)


def wards() -> Sequence[Row[Any]]:
    """All wards by their English names: rows with id, code, name_en, name_cy."""
    return db.session.execute(_wards).all()
