"""What is true of the outbox now."""

from collections.abc import Sequence

from sqlalchemy import func, select

from citizen_voice.db import AnyRow, db
from citizen_voice.outbox.models import OutboxMail

_newest = (
    select(*OutboxMail.__table__.columns)
    .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
    .limit(50)
)


def newest() -> Sequence[AnyRow]:
    """The fifty newest letters."""
    return db.session.execute(_newest).all()


def waiting() -> int:
    """How many letters wait for delivery."""
    statement = select(func.count()).where(OutboxMail.due_at.is_not(None))
    return db.session.execute(statement).scalar_one()
