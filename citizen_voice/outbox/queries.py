"""What is true of the outbox now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, union_all

from citizen_voice.db import AnyRow, db, rows
from citizen_voice.outbox.models import OutboxMail, OutboxSettings

PAGE = 50
WAITING, FAILED = "waiting", "failed"

_m = OutboxMail.__table__.c
_newest = select(*_m).order_by(_m.created_at.desc(), _m.id.desc()).limit(PAGE)


def _shelf(name: str, *where: Any) -> Any:
    counted = (func.count().label("mails"), func.min(_m.created_at).label("since"))
    return select(literal(name).label("shelf"), _m.kind, *counted).where(*where).group_by(_m.kind)


_shelves = union_all(
    _shelf(WAITING, _m.due_at.is_not(None)),
    _shelf(FAILED, _m.failed_at.is_not(None)),
)
_failed = (
    select(
        _m.id,
        _m.kind,
        _m.to_address,
        _m.last_error,
        _m.failed_at,
        _m.attempts,
        (_m.lasting & _m.body.is_not(None)).label("again"),
    )
    .where(_m.failed_at.is_not(None))
    .order_by(_m.failed_at.desc(), _m.id.desc())
    .limit(PAGE)
)
_settings = select(*OutboxSettings.__table__.columns)


@dataclass(frozen=True, slots=True)
class HowMailLeaves:
    """The switch and the limit."""

    stopped_at: datetime | None = None
    stopped_by: Any = None
    per_minute: int = 0


def newest() -> Sequence[AnyRow]:
    """The fifty newest letters."""
    return db.session.execute(_newest).all()


def html(mail_id: UUID) -> str | None:
    """The HTML of a letter that has some."""
    return db.session.execute(select(_m.html).where(_m.id == mail_id)).scalar_one_or_none()


def waiting() -> int:
    """How many letters wait for delivery."""
    statement = select(func.count()).where(OutboxMail.due_at.is_not(None))
    return db.session.execute(statement).scalar_one()


def shelves() -> Sequence[AnyRow]:
    """How many letters of each kind wait, and were given up, since when: a row a shelf and kind."""
    return rows(_shelves)


def failed() -> Sequence[AnyRow]:
    """The newest letters that were given up, without their words; ``again``: they can be sent."""
    return rows(_failed)


def settings() -> HowMailLeaves:
    """How mail leaves now."""
    found = rows(_settings)
    if not found:
        return HowMailLeaves()
    row = found[0]
    return HowMailLeaves(row.stopped_at, row.stopped_by, row.per_minute)
