"""What is true of colleagues now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from citizen_voice import clock
from citizen_voice.accounts.models import Person, PersonSession
from citizen_voice.accounts.secrets import hashed
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.kept import kept
from citizen_voice.team.models import (
    ROLES,
    Colleague,
    ColleagueRole,
    DeviceReset,
    Invitation,
    RecoveryCode,
)
from citizen_voice.team.services.losing import RESET_LASTS

_roles = (
    select(ColleagueRole.role, ColleagueRole.ends_at)
    .join(Colleague, Colleague.person_id == ColleagueRole.person_id)
    .where(
        Colleague.person_id == bindparam("person", type_=Colleague.person_id.type),
        Colleague.left_at.is_(None),
    )
)
_colleague = select(
    Colleague.person_id,
    Colleague.password_hash,
    Colleague.totp_seed,
    Colleague.totp_confirmed_at,
    Colleague.password_set_at,
    Colleague.joined_at,
    Person.email,
    Person.display_name,
    Person.language,
    select(func.max(PersonSession.seen_at))
    .where(PersonSession.person_id == Colleague.person_id, PersonSession.staff)
    .scalar_subquery()
    .label("seen_at"),
    select(func.count())
    .where(RecoveryCode.person_id == Colleague.person_id, RecoveryCode.used_at.is_(None))
    .scalar_subquery()
    .label("codes_left"),
).join(Person, (Person.id == Colleague.person_id) & Colleague.left_at.is_(None))


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a colleague has, or had until ``ends_on``."""

    name: str
    ends_on: object
    over: bool


@dataclass(frozen=True, slots=True)
class Fellow:
    """A colleague as their administrators see them."""

    row: AnyRow
    roles: list[Role]

    @property
    def id(self) -> UUID:
        """Their key."""
        key: UUID = self.row.person_id
        return key

    @property
    def lost_device(self) -> bool:
        """Whether an administrator has said so, and a second one has still to confirm it."""
        return self.row.asked_by is not None

    @property
    def ready(self) -> bool:
        """Whether they can sign in: they have a password and a device."""
        return self.row.password_hash is not None and self.row.totp_confirmed_at is not None


def roles(person_id: UUID) -> frozenset[str]:
    """The roles that a colleague has now; none for anybody else, and who has left."""
    now = clock.now()
    found = _kept_roles(person_id)
    return frozenset(row.role for row in found if row.ends_at is None or row.ends_at > now)


@kept
def _kept_roles(person_id: UUID) -> Sequence[AnyRow]:
    return rows(_roles, {"person": person_id})


def credentials(*, email: str | None = None, person_id: UUID | None = None) -> AnyRow | None:
    """What a colleague signs in with, by address or by key; ``None`` for anybody else."""
    which = Person.email == email if email is not None else Colleague.person_id == person_id
    return db.session.execute(_colleague.where(which)).one_or_none()


def colleagues() -> list[Fellow]:
    """Everybody who works here, by name."""
    return _fellows(None)


def colleague(person_id: UUID) -> Fellow | None:
    """One of them."""
    found = _fellows(person_id)
    return found[0] if found else None


def _fellows(person_id: UUID | None) -> list[Fellow]:
    now = clock.now()
    asker = aliased(Person)
    is_open = DeviceReset.ended_at.is_(None) & (DeviceReset.asked_at > now - RESET_LASTS)
    people = (
        _colleague.add_columns(
            DeviceReset.asked_by, DeviceReset.asked_at, asker.display_name.label("asker")
        )
        .outerjoin(DeviceReset, (DeviceReset.person_id == Colleague.person_id) & is_open)
        .outerjoin(asker, asker.id == DeviceReset.asked_by)
        .order_by(Person.display_name, Colleague.person_id)
    )
    given = select(ColleagueRole.__table__)
    if person_id is not None:
        people = people.where(Colleague.person_id == person_id)
        given = given.where(ColleagueRole.person_id == person_id)
    found = db.session.execute(people).all()
    by_person: dict[UUID, list[Role]] = defaultdict(list)
    for row in sorted(db.session.execute(given), key=lambda row: ROLES.index(row.role)):
        over = row.ends_at is not None and row.ends_at <= now
        by_person[row.person_id].append(Role(row.role, row.ends_on, over))
    return [Fellow(row, by_person[row.person_id]) for row in found]


def invitations() -> Sequence[AnyRow]:
    """The invitations that nobody has used, the newest first."""
    return db.session.execute(
        select(*Invitation.__table__.columns)
        .where(Invitation.used_at.is_(None), Invitation.person_id.is_(None))
        .order_by(Invitation.created_at.desc(), Invitation.id)
    ).all()


def language_of(invitation_id: UUID) -> str:
    """The language in which somebody is invited; English for nobody."""
    found = select(Invitation.language).where(Invitation.id == invitation_id)
    return db.session.execute(found).scalar_one_or_none() or "en"


def invitation(token: str) -> AnyRow | None:
    """The invitation that a link stands for, while it can be used.

    ``person_key`` is the key of the person with that address, where there is one.
    """
    return db.session.execute(
        select(*Invitation.__table__.columns, Person.id.label("person_key"), Person.display_name)
        .outerjoin(Person, Person.email == Invitation.email)
        .where(
            Invitation.token_hash == hashed(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
    ).one_or_none()


def devices() -> Sequence[AnyRow]:
    """Every colleague with a device, for the development's page of present codes."""
    return db.session.execute(
        _colleague.where(Colleague.totp_confirmed_at.is_not(None)).order_by(Person.email)
    ).all()
