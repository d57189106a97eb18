"""The ledger of consents: appended to, chained, and verified (UK GDPR Art 7(1)).

An entry names somebody by a pseudonym alone. Whose it is, and the salt of the hash that binds the
entry to them, stand in a table of their own; both go with the person, and the chain still holds.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.consent.models import ConsentEntry, ConsentSubject
from citizen_voice.db import db, new_key, rows
from citizen_voice.journal.chains import PAGE, Broken, Chain
from citizen_voice.words import _

LOCK = 0x43_56_43  # PostgreSQL's advisory lock of the ledger: "CVC"
SALT = 32

_e: Any = ConsentEntry.__table__.c
_s: Any = ConsentSubject.__table__.c


def _said(entry: Any) -> tuple[object, ...]:
    return (
        entry.at.isoformat(),
        str(entry.subject),
        entry.purpose,
        entry.notice_version,
        entry.notice_hash,
        entry.state,
        entry.control,
        entry.screen,
        entry.language,
        entry.personal_hash,
    )


LEDGER = Chain(ConsentEntry.__table__, _said, LOCK, "consents.head")


@dataclass(frozen=True, slots=True)
class How:
    """How a choice was made: keys of ``wording.CONTROLS`` and ``SCREENS``, and the language."""

    control: str
    screen: str
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The version of the notice that a choice rests on, and the SHA-256 of its words.

    Where brief words were shown as well, it is that of both (``queries.sealed``).
    """

    version: int
    sha256: str


def personal_hash(salt: bytes, person_id: UUID) -> str:
    """What binds an entry to a person: SHA-256 over the salt and their key."""
    return hashlib.sha256(salt + person_id.bytes).hexdigest()


def newest(person_id: UUID, purpose: str) -> Any:
    """Somebody's newest entry for a purpose, while nobody else appends; ``None`` for none."""
    LEDGER.hold()
    found = (
        select(*_e)
        .join(ConsentSubject, _s.pseudonym == _e.subject)
        .where(_s.person_id == person_id, _e.purpose == purpose)
        .order_by(_e.number.desc())
        .limit(1)
    )
    return db.session.execute(found).one_or_none()


def write_down(person_id: UUID, purpose: str, state: str, shown: Shown, how: How) -> None:
    """Append a choice, inside the caller's transaction."""
    LEDGER.hold()  # so that nobody gives the same person another pseudonym meanwhile
    subject = db.session.execute(
        select(_s.pseudonym, _s.salt).where(_s.person_id == person_id)
    ).one_or_none()
    pseudonym = new_key() if subject is None else subject.pseudonym
    salt = secrets.token_bytes(SALT) if subject is None else bytes(subject.salt)
    if subject is None:
        db.session.add(ConsentSubject(pseudonym=pseudonym, person_id=person_id, salt=salt))
    LEDGER.append(
        ConsentEntry(
            at=clock.now(),
            subject=pseudonym,
            purpose=purpose,
            notice_version=shown.version,
            notice_hash=shown.sha256,
            state=state,
            control=how.control,
            screen=how.screen,
            language=how.language,
            personal_hash=personal_hash(salt, person_id),
        )
    )


def forget(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: who they are goes, and the salt. The entries name nobody."""
    theirs = delete(ConsentSubject).where(ConsentSubject.person_id == leaving.person_id)
    db.session.execute(theirs, execution_options={"synchronize_session": False})


def verify() -> Broken | int:
    """Read the whole ledger: the first broken entry, or the number of entries that hold.

    Entries of people who are here are also held against who they are said to be.
    """
    found = LEDGER.verify()
    return found if isinstance(found, Broken) else _of_somebody_else() or found


def _of_somebody_else() -> Broken | None:
    """The first entry whose pseudonym was given to somebody else."""
    pairs = (
        select(_e.number, _e.personal_hash, _s.salt, _s.person_id)
        .join(ConsentSubject, _s.pseudonym == _e.subject)
        .order_by(_e.number)
        .limit(PAGE)
    )
    last = 0
    while True:
        found = rows(pairs.where(_e.number > last), stays=False)
        for row in found:
            if row.personal_hash != personal_hash(bytes(row.salt), row.person_id):
                return Broken(row.number, _("is not of the person whose it is said to be"))
        if len(found) < PAGE:
            return None
        last = found[-1].number
