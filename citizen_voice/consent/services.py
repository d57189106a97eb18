"""Publishing notices, and recording what people were shown."""

import hashlib
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock, register
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.consent import queries
from citizen_voice.consent.models import ActivePurpose, Notice, NoticeServed
from citizen_voice.db import db


def publish_notice(name: str, texts: dict[str, str]) -> int:
    """Publish the next version of a notice (language → words), inside the caller's transaction.

    Gives the version. Where the words are those of the version in force, nothing is published.
    """
    current = queries.current_notices(name)
    if {row.language: row.text for row in current} == texts:
        return int(current[0].version)
    version = 1 + max((row.version for row in current), default=0)
    for language, text in texts.items():
        db.session.add(
            Notice(
                name=name,
                version=version,
                language=language,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                effective_from=clock.now(),
            )
        )
    return version


def activate_purposes() -> None:
    """Give every declared purpose its row, inside the caller's transaction."""
    known = set(db.session.scalars(select(ActivePurpose.key)))
    for purpose in register.PURPOSES.values():
        if purpose.key not in known:
            db.session.add(
                ActivePurpose(
                    key=purpose.key,
                    basis=purpose.basis.value,
                    active_from=clock.now(),
                    active_to=None,
                )
            )


def forget_served(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they were shown goes, as the register says."""
    db.session.execute(delete(NoticeServed).where(NoticeServed.person_id == leaving.person_id))


def record_served(person_id: UUID, *, name: str, version: int, language: str, place: str) -> None:
    """Record that a person was shown a notice, inside the caller's transaction.

    A version that does not exist (a form that was tampered with) records nothing.
    """
    notice_id = queries.notice_id(name, version, language)
    if notice_id is None:
        return
    served = db.session.get(NoticeServed, (person_id, notice_id, place))
    if served is None:
        db.session.add(
            NoticeServed(person_id=person_id, notice_id=notice_id, place=place, at=clock.now())
        )
