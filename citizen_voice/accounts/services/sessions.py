"""Browsers in which somebody is signed in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from citizen_voice import clock
from citizen_voice.accounts import secrets, visits
from citizen_voice.accounts.models import Person, PersonSession
from citizen_voice.db import db, new_key

SESSION_LASTS = timedelta(days=90)
SHARED_SESSION_LASTS = timedelta(hours=12)
STAFF_SESSION_LASTS = timedelta(hours=12)
STAFF_IDLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: its token, for the cookie alone."""

    session_id: UUID
    token: str
    csrf: str


def open_session(person_id: UUID, *, device: str, shared: bool, staff: bool = False) -> Opened:
    """Sign a person in; gives the token for the cookie.

    ``staff``: they have just proved with password and device that they act for the council.
    """
    now = clock.now()
    _seen(person_id)
    lasts = SHARED_SESSION_LASTS if shared else SESSION_LASTS
    opened = Opened(new_key(), secrets.new_token(), secrets.new_token())
    db.session.add(
        PersonSession(
            id=opened.session_id,
            person_id=person_id,
            token_hash=secrets.hashed(opened.token),
            csrf=opened.csrf,
            device=device[:80],
            shared=shared,
            staff=staff,
            confirmed_at=now if staff else None,
            created_at=now,
            seen_at=now,
            last_visit_at=visits.last_visit(person_id, now),
            expires_at=now + (STAFF_SESSION_LASTS if staff else lasts),
        )
    )
    return opened


def touch(session_id: UUID) -> None:
    """The session is in use. Where it was not for a while, that ended the visit before."""
    now = clock.now()
    person_id = db.session.scalar(
        select(PersonSession.person_id).where(PersonSession.id == session_id)
    )
    if person_id is None:  # ended meanwhile
        return
    _seen(person_id)
    db.session.execute(
        update(PersonSession)
        .where(PersonSession.id == session_id)
        .values(seen_at=now, last_visit_at=visits.last_visit(person_id, now))
    )


def _seen(person_id: UUID) -> None:
    """Note the day on a person's row, before their sessions are held: who leaves does so, too."""
    today = clock.today()
    before = or_(Person.seen_on.is_(None), Person.seen_on < today)
    db.session.execute(update(Person).where(Person.id == person_id, before).values(seen_on=today))


def end_session(person_id: UUID, session_id: UUID) -> None:
    """Sign a browser out; only one's own. Ending one that is over already is fine."""
    db.session.execute(
        delete(PersonSession).where(
            PersonSession.id == session_id, PersonSession.person_id == person_id
        )
    )


def end_other_sessions(person_id: UUID, keep: UUID) -> None:
    """Sign a person out everywhere but here."""
    db.session.execute(
        delete(PersonSession).where(PersonSession.person_id == person_id, PersonSession.id != keep)
    )


def end_sessions(person_id: UUID, *, staff_alone: bool = False, keep: UUID | None = None) -> None:
    """Sign a person out everywhere, but for the session ``keep``; ``staff_alone``: as staff."""
    over = delete(PersonSession).where(PersonSession.person_id == person_id)
    if staff_alone:
        over = over.where(PersonSession.staff)
    if keep is not None:
        over = over.where(PersonSession.id != keep)
    db.session.execute(over)


def confirm_session(session_id: UUID, *, staff: bool = True) -> None:
    """In this session (of staff, or not) somebody has just proved again who they are."""
    db.session.execute(
        update(PersonSession)
        .where(PersonSession.id == session_id, PersonSession.staff.is_(staff))
        .values(confirmed_at=clock.now())
    )
