"""Giving and taking roles, and leaving. There is always an administrator."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from citizen_voice import clock, events
from citizen_voice.accounts import erasures
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.events import PersonAboutToLeave
from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, db, dialect
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.team.events import ColleagueLeft
from citizen_voice.team.models import (
    ADMINISTRATOR,
    ROLES,
    Colleague,
    ColleagueRole,
    DeviceReset,
    Invitation,
    RecoveryCode,
)
from citizen_voice.words import _

LOCK = 0x43_56_54  # PostgreSQL's advisory lock of the team: "CVT"


def admit(
    person_id: UUID, roles: Iterable[str], *, actor: UUID | None, ends_on: date | None = None
) -> None:
    """Make somebody a colleague with these roles, or give a colleague these and no others.

    ``ends_on`` is the last day on which they have them. Raises ``Refusal`` for a role that is none.
    """
    wanted = checked(roles, ends_on)
    now = clock.now()
    colleague = db.session.get(Colleague, person_id, with_for_update=True)
    if colleague is None:
        colleague = Colleague(person_id=person_id, joined_at=now)
        db.session.add(colleague)
    colleague.left_at = None
    db.session.flush()  # its roles refer to it
    db.session.execute(delete(ColleagueRole).where(ColleagueRole.person_id == person_id))
    db.session.add_all(
        ColleagueRole(
            person_id=person_id,
            role=name,
            given_at=now,
            given_by=actor,
            ends_on=ends_on,
            ends_at=None if ends_on is None else clock.end_of(ends_on),
        )
        for name in wanted
    )
    journal.append(
        "roles given", actor=actor, subject=f"person {person_id}", detail=", ".join(wanted)
    )


def checked(roles: Iterable[str], ends_on: date | None) -> list[str]:
    """The roles, each once, in our order. Raises ``Refusal`` for none, another, or a day gone by.

    The day is refused in words at ``ends_on``, the roles at ``roles``.
    """
    asked = set(roles)
    if not asked or not asked <= set(ROLES):
        raise Refusal(_("Choose one role or more."), field="roles")
    if ends_on is not None and ends_on < clock.today():
        raise Refusal(_("Choose a last day that is still to come, or none."), field="ends_on")
    return [name for name in ROLES if name in asked]


def change_roles(
    person_id: UUID, roles: Iterable[str], *, actor: UUID, ends_on: date | None = None
) -> None:
    """Give a colleague these roles and no others.

    Raises ``NotAllowed`` where ``actor`` is no administrator (any more), ``NotHere`` where the
    person is no colleague, ``Refusal`` where no administrator would be left.
    """
    only = administrators_before(actor)
    require_colleague(person_id)
    admit(person_id, roles, actor=actor, ends_on=ends_on)
    _refuse_without_administrators(only, field="roles")


def end(person_id: UUID, *, actor: UUID) -> None:
    """A colleague leaves: roles, sessions, password and device end at once.

    What they did stays theirs. Raises as ``change_roles`` does, and ``Refusal`` for oneself.
    """
    only = administrators_before(actor)
    if person_id == actor:
        raise Refusal(_("Ask another administrator to do that for you."))
    colleague = require_colleague(person_id)
    _clear(person_id)
    colleague.left_at = clock.now()
    colleague.password_hash = colleague.password_set_at = None
    colleague.totp_seed = colleague.totp_confirmed_at = colleague.totp_step = None
    accounts.end_sessions(person_id)
    events.publish(ColleagueLeft(person_id, actor))
    journal.append("staff ended", actor=actor, subject=f"person {person_id}")
    _refuse_without_administrators(only)


def leave(person_id: UUID, *, remove_words: bool) -> bool:
    """Somebody deletes their account; gives whether there was one to delete.

    Raises as ``erasures.erase`` does.
    """
    return erasures.erase(person_id, remove_words=remove_words)


def forget_leaving(about: PersonAboutToLeave) -> None:
    """Somebody is erased: what we hold of a colleague goes before the rest.

    The journal comes last: what somebody leaves (pilots, ideas) is held by then, and who holds that
    writes the journal after it, too. Raises ``Refusal`` for the last administrator.
    """
    key = about.person_id
    if _forget(key, forced=about.forced):
        about.afterwards.append(
            lambda: journal.append("staff ended", actor=key, subject=f"person {key}")
        )


def _forget(person_id: UUID, *, forced: bool) -> bool:
    """What makes somebody a colleague goes; gives whether they were one until now."""
    email = db.session.scalar(select(Person.email).where(Person.id == person_id))
    db.session.execute(delete(Invitation).where(Invitation.email == email))
    if db.session.get(Colleague, person_id) is None:
        return False
    _lock()
    only = _administrators()
    colleague = db.session.get_one(
        Colleague, person_id, with_for_update=True, populate_existing=True
    )
    was_here = colleague.left_at is None
    _clear(person_id)
    db.session.execute(delete(DeviceReset).where(DeviceReset.person_id == person_id))
    db.session.delete(colleague)
    db.session.flush()
    if was_here and not forced:
        _refuse_without_administrators(only)
    return was_here


def note_address_shown(person_id: UUID, *, actor: UUID) -> None:
    """An administrator looked at a colleague's address."""
    journal.append("address shown", actor=actor, subject=f"person {person_id}")


def administrators_before(actor: UUID | None) -> list[AnyRow]:
    """The administrators there are, until this act: nobody else changes the team meanwhile.

    Raises ``NotAllowed`` unless ``actor`` is one of them; ``None`` stands for who runs the server.
    """
    _lock()
    found = _administrators()
    if actor is not None and actor not in {row.person_id for row in found}:
        raise NotAllowed(_("Your role does not let you do that."))
    return found


def require_colleague(person_id: UUID) -> Colleague:
    """The colleague, held until the act is done. Raises ``NotHere`` where they are none."""
    colleague = db.session.get(Colleague, person_id, with_for_update=True, populate_existing=True)
    if colleague is None or colleague.left_at is not None:
        raise NotHere
    return colleague


def colleagues_with(role: str) -> list[UUID]:
    """The keys of the colleagues who have a role now, in the order in which they came."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Colleague.person_id)
            .join(ColleagueRole, ColleagueRole.person_id == Colleague.person_id)
            .where(
                ColleagueRole.role == role,
                Colleague.left_at.is_(None),
                ColleagueRole.ends_at.is_(None) | (ColleagueRole.ends_at > now),
            )
            .order_by(Colleague.joined_at, Colleague.person_id)
        )
    )


def _lock() -> None:
    """One change of the team at a time: two who remove each other would both succeed."""
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _administrators() -> list[AnyRow]:
    here = or_(ColleagueRole.ends_at.is_(None), ColleagueRole.ends_at > clock.now())
    return list(
        db.session.execute(
            select(ColleagueRole.person_id, ColleagueRole.ends_at)
            .join(Colleague, Colleague.person_id == ColleagueRole.person_id)
            .where(ColleagueRole.role == ADMINISTRATOR, Colleague.left_at.is_(None), here)
        )
    )


def _refuse_without_administrators(before: list[AnyRow], *, field: str | None = None) -> None:
    """Raise ``Refusal`` where the act leaves nobody, or nobody for good where somebody was."""
    db.session.flush()
    after = _administrators()
    if before and not after:
        raise Refusal(
            _("There has to be an administrator. Make somebody else one first."), field=field
        )
    if any(row.ends_at is None for row in before) and all(row.ends_at for row in after):
        raise Refusal(
            _("One administrator has to stay without a last day. Make somebody else one first."),
            field="ends_on" if field else None,
        )


def _clear(person_id: UUID) -> None:
    for model in (ColleagueRole, RecoveryCode, Invitation):
        db.session.execute(delete(model).where(model.person_id == person_id))
