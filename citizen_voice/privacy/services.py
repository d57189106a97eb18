"""Copies of one's data: asking for one, and what takes them away."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import after_commit, db, new_key
from citizen_voice.errors import NotHere
from citizen_voice.privacy import files
from citizen_voice.privacy.models import MAKING, WAITING, DataCopy

LASTS = timedelta(days=7)


def ask(person_id: UUID, *, language: str) -> UUID:
    """Ask for a copy of everything that is held about somebody; gives the copy's key.

    One that is being made already is as good. An older one goes. Raises ``NotHere`` for somebody
    who has left.
    """
    here = select(Person.kind).where(Person.id == person_id).with_for_update()
    kind = db.session.execute(here).scalar_one_or_none()
    if kind is None or kind == FORMER:
        raise NotHere
    before = db.session.execute(
        select(DataCopy.id, DataCopy.state).where(DataCopy.person_id == person_id)
    ).one_or_none()
    if before is not None and before.state in (WAITING, MAKING):
        key: UUID = before.id
        return key
    _take_away(person_id)
    now = clock.now()
    made = DataCopy(
        id=new_key(),
        person_id=person_id,
        language=language,
        state=WAITING,
        asked_at=now,
        ends_at=now + LASTS,
    )
    db.session.add(made)
    return made.id


def forget(leaving: PersonLeaving) -> None:
    """Somebody leaves: their copy goes, also one that is being made."""
    _take_away(leaving.person_id)


def forget_old() -> int:
    """Delete copies whose time is over, and files that no copy has; gives how many."""
    there = files.there()  # before the rows are read: a file's row is committed before the file is
    over = delete(DataCopy).where(DataCopy.ends_at <= clock.now()).returning(DataCopy.id)
    gone = list(db.session.scalars(over))
    strays = files.strays(there, db.session.scalars(select(DataCopy.id)))
    after_commit(partial(files.remove, gone))
    after_commit(partial(files.unlink, strays))
    return max(len(gone), len(strays))


def withdraw(copy_id: UUID, person_id: UUID) -> None:
    """Delete one's own copy; raises ``NotHere`` where there is none."""
    own = delete(DataCopy).where(DataCopy.id == copy_id, DataCopy.person_id == person_id)
    if db.session.execute(own.returning(DataCopy.id)).first() is None:
        raise NotHere
    after_commit(partial(files.remove, (copy_id,)))


def _take_away(person_id: UUID) -> None:
    theirs = delete(DataCopy).where(DataCopy.person_id == person_id).returning(DataCopy.id)
    gone = list(db.session.scalars(theirs))
    if gone:
        after_commit(partial(files.remove, gone))
