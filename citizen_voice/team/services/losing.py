"""A lost device, which two administrators replace; a lost password; and the operator's way in."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, new_key
from citizen_voice.errors import Conflict, NotAllowed, NotHere
from citizen_voice.journal import services as journal
from citizen_voice.team.models import Colleague, DeviceReset, Invitation, RecoveryCode
from citizen_voice.team.services.inviting import new_invitation, renewed
from citizen_voice.team.services.roles import administrators_before, require_colleague
from citizen_voice.words import _

RESET_LASTS = timedelta(days=7)


def ask_for_device(person_id: UUID, *, actor: UUID) -> None:
    """An administrator says that a colleague lost their device; another one confirms it.

    Raises ``NotAllowed`` for oneself, ``Conflict`` where somebody has said so already.
    """
    administrators_before(actor)
    require_colleague(person_id)
    _refuse_oneself(person_id, actor)
    if _open_reset(person_id) is not None:
        raise Conflict(_("Somebody has asked for that already."))
    db.session.add(
        DeviceReset(id=new_key(), person_id=person_id, asked_by=actor, asked_at=clock.now())
    )
    journal.append("new device asked", actor=actor, subject=f"person {person_id}")


def confirm_device(person_id: UUID, *, actor: UUID, site_name: str) -> None:
    """A second administrator confirms: device and recovery codes end, and a link goes out.

    Raises ``NotAllowed`` for who asked and for oneself, ``Conflict`` where nobody asks (any more).
    """
    administrators_before(actor)
    colleague = require_colleague(person_id)
    _refuse_oneself(person_id, actor)
    asked = _open_reset(person_id)
    if asked is None:
        raise Conflict(_("Nobody asks for that any more."))
    if asked.asked_by == actor:
        raise NotAllowed(_("You asked for it, so another administrator has to confirm it."))
    asked.confirmed_by, asked.confirmed_at = actor, clock.now()
    asked.ended_at = asked.confirmed_at
    _lose_device(colleague)
    _send_link(person_id, actor=actor, site_name=site_name)
    journal.append("new device confirmed", actor=actor, subject=f"person {person_id}")


def withdraw_device(person_id: UUID, *, actor: UUID) -> None:
    """The device was found: nobody asks for another any more."""
    administrators_before(actor)
    asked = _open_reset(person_id)
    if asked is None:
        raise Conflict(_("Nobody asks for that any more."))
    asked.ended_at = clock.now()
    journal.append("new device withdrawn", actor=actor, subject=f"person {person_id}")


def lose_password(person_id: UUID, *, actor: UUID, site_name: str) -> None:
    """A colleague lost their password: it is good no more, and a link goes out.

    The device stays, and is asked for. Raises ``NotAllowed`` for oneself.
    """
    administrators_before(actor)
    _refuse_oneself(person_id, actor)
    _lose_password(require_colleague(person_id))
    _send_link(person_id, actor=actor, site_name=site_name)
    journal.append("new password asked", actor=actor, subject=f"person {person_id}")


def send_link(person_id: UUID, *, actor: UUID, site_name: str) -> None:
    """Send a colleague who has still to set up password or device another link.

    Raises ``Conflict`` where they have both, and ``NotAllowed`` for oneself.
    """
    administrators_before(actor)
    _refuse_oneself(person_id, actor)
    colleague = require_colleague(person_id)
    if colleague.password_hash is not None and colleague.totp_confirmed_at is not None:
        raise Conflict(_("They have a password and a device."))
    _send_link(person_id, actor=actor, site_name=site_name)
    journal.append("link sent again", actor=actor, subject=f"person {person_id}")


def reset(email: str) -> tuple[str, str]:
    """Who runs the server lets a colleague set up password and device anew.

    Gives the token of the link, and the colleague's language. Raises ``NotHere`` for nobody.
    """
    administrators_before(None)
    person_id = db.session.scalar(
        select(Colleague.person_id)
        .join(Person, Person.id == Colleague.person_id)
        .where(Person.email == email, Colleague.left_at.is_(None))
    )
    if person_id is None:
        raise NotHere(_("No colleague has that address."))
    colleague = require_colleague(person_id)
    _lose_password(colleague)
    _lose_device(colleague)
    token = _send_link(person_id, actor=None, site_name=None)
    journal.append("staff reset", actor=None, subject=f"person {person_id}")
    return token, db.session.get_one(Person, person_id).language


def _refuse_oneself(person_id: UUID, actor: UUID) -> None:
    if person_id == actor:
        raise NotAllowed(_("Ask another administrator to do that for you."))


def _open_reset(person_id: UUID) -> DeviceReset | None:
    found: DeviceReset | None = db.session.scalars(
        select(DeviceReset)
        .where(
            DeviceReset.person_id == person_id,
            DeviceReset.ended_at.is_(None),
            DeviceReset.asked_at > clock.now() - RESET_LASTS,
        )
        .with_for_update()
        .limit(1)
    ).one_or_none()
    return found


def _lose_password(colleague: Colleague) -> None:
    colleague.password_hash = colleague.password_set_at = None
    accounts.end_sessions(colleague.person_id, staff_alone=True)


def _lose_device(colleague: Colleague) -> None:
    key = colleague.person_id
    colleague.totp_seed = colleague.totp_confirmed_at = colleague.totp_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == key))
    open_resets = (DeviceReset.person_id == key, DeviceReset.ended_at.is_(None))
    db.session.execute(update(DeviceReset).where(*open_resets).values(ended_at=clock.now()))
    accounts.end_sessions(key, staff_alone=True)


def _send_link(person_id: UUID, *, actor: UUID | None, site_name: str | None) -> str:
    """A link for a colleague, in place of one before; gives its token."""
    person = db.session.get_one(Person, person_id)
    db.session.execute(
        delete(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None))
    )
    invitation = new_invitation(
        person.email or "", actor=actor, language=person.language, person_id=person_id
    )
    return renewed(invitation, site_name=site_name)
