"""When somebody was here before: what is new to them is what came since."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select

from citizen_voice.accounts.models import PersonSession
from citizen_voice.db import db

SILENCE = timedelta(minutes=30)
"""After it, a request begins a new visit."""

_latest = (
    select(PersonSession.seen_at, PersonSession.last_visit_at)
    .where(PersonSession.person_id == bindparam("person", type_=PersonSession.person_id.type))
    .order_by(PersonSession.seen_at.desc(), PersonSession.id.desc())
    .limit(1)
)


def last_visit(person_id: UUID, now: datetime) -> datetime | None:
    """When the visit before the present one ended, in whichever browser; ``None``: it is the first.

    It is the same to the first request of a visit, before which nothing is noted, and to its last.
    """
    latest = db.session.execute(_latest, {"person": person_id}).one_or_none()
    if latest is None:
        return None
    seen: datetime = latest.seen_at
    before: datetime | None = latest.last_visit_at
    return seen if now - seen > SILENCE else before
