"""What colleagues sign in with, as they change it themselves."""

from uuid import UUID

from sqlalchemy import delete

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import db
from citizen_voice.journal import services as journal
from citizen_voice.team import codes
from citizen_voice.team.models import Colleague, RecoveryCode
from citizen_voice.team.services.roles import require_colleague


def change_password(person_id: UUID, password_hash: str, *, session_id: UUID) -> None:
    """Another password (see ``passwords.hashed``). Their other staff sessions end."""
    put_password(require_colleague(person_id), password_hash)
    accounts.end_sessions(person_id, staff_alone=True, keep=session_id)


def new_device(person_id: UUID, seed: bytes, step: int, *, session_id: UUID) -> list[str]:
    """Another device, whose code of ``step`` was right; gives ten new recovery codes.

    Their other staff sessions end.
    """
    made = put_device(require_colleague(person_id), seed, step)
    accounts.end_sessions(person_id, staff_alone=True, keep=session_id)
    return made


def new_codes(person_id: UUID) -> list[str]:
    """Ten new recovery codes; those before are good no more."""
    require_colleague(person_id)
    journal.append("recovery codes made", actor=person_id, subject=f"person {person_id}")
    return _recovery_codes(person_id)


def put_password(colleague: Colleague, password_hash: str) -> None:
    """Give a colleague this password."""
    colleague.password_hash, colleague.password_set_at = password_hash, clock.now()
    key = colleague.person_id
    journal.append("password set", actor=key, subject=f"person {key}")


def put_device(colleague: Colleague, seed: bytes, step: int) -> list[str]:
    """Give a colleague this device; gives ten new recovery codes."""
    colleague.totp_seed, colleague.totp_step = seed, step
    colleague.totp_confirmed_at = clock.now()
    key = colleague.person_id
    journal.append("device set up", actor=key, subject=f"person {key}")
    return _recovery_codes(key)


def _recovery_codes(person_id: UUID) -> list[str]:
    made = codes.new_recovery_codes()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    db.session.add_all(
        RecoveryCode(person_id=person_id, code_hash=codes.sealed_recovery_code(code, person_id))
        for code in made
    )
    db.session.flush()
    return made
