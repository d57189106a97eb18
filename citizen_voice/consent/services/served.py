"""Recording what people were shown."""

from uuid import UUID

from sqlalchemy import delete

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.consent import queries
from citizen_voice.consent.models import NoticeServed
from citizen_voice.db import db


def forget_served(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they were shown goes, as the register says."""
    db.session.execute(delete(NoticeServed).where(NoticeServed.person_id == leaving.person_id))


def record_served(person_id: UUID, *, name: str, version: int, language: str, place: str) -> None:
    """Record that a person was shown a notice, inside the caller's transaction.

    A version that is not in force, or does not exist (a form that was tampered with), records
    nothing. One that there is not in this language was read in English.
    """
    now = clock.now()
    ids = {
        row.language: row.id
        for row in queries.every_version()
        if (row.name, row.version) == (name, version) and row.effective_from <= now
    }
    notice_id = ids.get(language) or ids.get("en")
    if notice_id is None:
        return
    served = db.session.get(NoticeServed, (person_id, notice_id, place))
    if served is None:
        db.session.add(
            NoticeServed(person_id=person_id, notice_id=notice_id, place=place, at=clock.now())
        )
