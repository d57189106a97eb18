"""What is true of people and their sessions now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from citizen_voice import clock
from citizen_voice.accounts.models import PendingSignIn, Person, PersonSession
from citizen_voice.accounts.secrets import hashed
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.kept import kept
from citizen_voice.site.queries import settings

_session = (
    select(
        PersonSession.id.label("session_id"),
        PersonSession.csrf,
        PersonSession.seen_at,
        PersonSession.shared,
        PersonSession.staff,
        PersonSession.confirmed_at,
        PersonSession.expires_at,
        Person.id,
        Person.email,
        Person.display_name,
        Person.age_band,
        Person.created_at,
        Person.mail_refused_at,
    )
    .join(Person, Person.id == PersonSession.person_id)
    .where(PersonSession.token_hash == bindparam("hash"))
)
_pending = select(*PendingSignIn.__table__.columns).where(
    PendingSignIn.token_hash == bindparam("hash"), PendingSignIn.expires_at > bindparam("now")
)


def signed_in(token: str) -> AnyRow | None:
    """The person and session that a cookie's token stands for, while it lasts."""
    settings()  # on PostgreSQL it brings the mark of what is committed along
    row = _signed_in(hashed(token))
    return row if row is not None and row.expires_at > clock.now() else None


@kept
def _signed_in(token_hash: bytes) -> AnyRow | None:
    found = rows(_session, {"hash": token_hash})
    return found[0] if found else None


def pending(token: str) -> AnyRow | None:
    """The sign-in under way that a cookie's token stands for, while it lasts."""
    return db.session.execute(_pending, {"hash": hashed(token), "now": clock.now()}).one_or_none()


def pending_by_link(link: str) -> AnyRow | None:
    """The sign-in under way whose letter carried this link, while the link lasts."""
    return db.session.execute(
        select(*PendingSignIn.__table__.columns).where(
            PendingSignIn.link_hash == hashed(link), PendingSignIn.expires_at > clock.now()
        )
    ).one_or_none()


def person_id(email: str) -> UUID | None:
    """The key of the person with this (normalised) address."""
    return db.session.execute(select(Person.id).where(Person.email == email)).scalar_one_or_none()


def person(key: UUID) -> AnyRow:
    """A person's own columns."""
    return db.session.execute(select(*Person.__table__.columns).where(Person.id == key)).one()


def found(key: UUID) -> AnyRow | None:
    """The same where there is such a person."""
    return db.session.execute(
        select(*Person.__table__.columns).where(Person.id == key)
    ).one_or_none()


def sessions(key: UUID, *, staff: bool = False) -> Sequence[AnyRow]:
    """A person's sessions that have not ended, the last seen first; those as ``staff`` alone."""
    found = (
        select(*PersonSession.__table__.columns)
        .where(PersonSession.person_id == key, PersonSession.expires_at > clock.now())
        .order_by(PersonSession.seen_at.desc(), PersonSession.id)
    )
    return db.session.execute(found.where(PersonSession.staff) if staff else found).all()
