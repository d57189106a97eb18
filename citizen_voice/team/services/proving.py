"""Proving who one is: the password, and the device or a recovery code.

The slow part (the password) is done before anything is written; what was proven is then spent in
the act's own transaction, so that a code is good once however many send it at the same time.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import Refusal
from citizen_voice.team import codes, passwords
from citizen_voice.team.models import Colleague, RecoveryCode
from citizen_voice.words import _

NOBODY = UUID(int=0)


class WrongDetails(Refusal):
    """Address, password or code is wrong; which one is not said."""

    def __init__(self) -> None:
        super().__init__(
            _("Those details don’t match. Check each of them; a code works once, so use a new one.")
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody has shown: good until it is spent. ``None`` stands for what was not asked."""

    person_id: UUID
    password_hash: str | None = None
    seed: bytes | None = None
    step: int | None = None
    recovery_code: bytes | None = None


def prove(row: AnyRow | None, password: str, code: str) -> Proof:
    """Look whether password and code are those of a colleague (see ``queries.credentials``).

    Raises ``WrongDetails``; for nobody, too, and after the same work.
    """
    right = passwords.matches(row.password_hash if row else None, password)
    seed = row.totp_seed if row and row.totp_confirmed_at else None
    shown = show(row.person_id if row else NOBODY, seed, code)
    if row is None or not right or seed is None or shown is None:
        raise WrongDetails
    return Proof(row.person_id, row.password_hash, seed, shown.step, shown.recovery_code)


def show(person_id: UUID, seed: bytes | None, code: str) -> Proof | None:
    """What a code proves: a step of the device, or perhaps a recovery code."""
    typed = codes.tidied(code)
    if len(typed) != codes.DIGITS:
        return Proof(
            person_id, seed=seed, recovery_code=codes.sealed_recovery_code(typed, person_id)
        )
    secret = codes.device_secret(seed or bytes(codes.SEED), person_id)
    step = codes.step_of(secret, typed)
    return None if step is None else Proof(person_id, seed=seed, step=step)


def spend(proof: Proof) -> Colleague:
    """Use what was proven, once; gives the colleague.

    Raises ``WrongDetails`` where it was used, or password or device were changed meanwhile.
    """
    colleague = db.session.scalars(
        select(Colleague)
        .where(Colleague.person_id == proof.person_id, Colleague.left_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if (
        colleague is None
        or (proof.password_hash is not None and colleague.password_hash != proof.password_hash)
        or (proof.seed is not None and colleague.totp_seed != proof.seed)
    ):
        raise WrongDetails
    if proof.step is not None:
        if colleague.totp_step is not None and colleague.totp_step >= proof.step:
            raise WrongDetails
        colleague.totp_step = proof.step
    if proof.recovery_code is not None:
        _spend_recovery_code(proof.person_id, proof.recovery_code)
    return colleague


def _spend_recovery_code(person_id: UUID, code_hash: bytes) -> None:
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # a DML result
        raise WrongDetails
