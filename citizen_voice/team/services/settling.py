"""Opening an invitation's link: password and device, and who it is for is a colleague."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import secrets
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import ADULT
from citizen_voice.db import db
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from citizen_voice.team.models import Invitation
from citizen_voice.team.services.own import put_device, put_password
from citizen_voice.team.services.proving import Proof, WrongDetails, spend
from citizen_voice.team.services.roles import admit, require_colleague
from citizen_voice.words import _


class LinkRunOut(Refusal):
    """The link was used, was taken back, or is too old."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link has run out. Ask an administrator for a new one."))


@dataclass(frozen=True, slots=True)
class SetUp:
    """What somebody signs in with from now on.

    ``password_hash`` is a new password's; ``None`` where they keep theirs. ``seed`` and ``step``
    are a new device's, whose code was right; ``None`` where they keep it. ``proof`` is what they
    keep and have shown.
    """

    name: str = ""
    password_hash: str | None = None
    seed: bytes | None = None
    step: int | None = None
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who it was, and their recovery codes, where these are new."""

    person_id: UUID
    recovery_codes: list[str]


def settle(token: str, made: SetUp) -> Arrived:
    """Use an invitation: its person is a colleague, with this password and device.

    Raises ``LinkRunOut`` where another tab was quicker, ``names.BadName``, and ``WrongDetails``
    where what was proven is so no more.
    """
    invitation = db.session.scalars(
        select(Invitation)
        .where(Invitation.token_hash == secrets.hashed(token))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    now = clock.now()
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= now:
        raise LinkRunOut
    invitation.used_at = now
    person_id = invitation.person_id or _welcome(invitation, made)
    colleague = require_colleague(person_id)
    if made.proof is not None:
        spend(made.proof)
    if made.password_hash is not None:
        put_password(colleague, made.password_hash)
    recovery_codes = []
    if made.seed is not None and made.step is not None:
        recovery_codes = put_device(colleague, made.seed, made.step)
    if colleague.password_hash is None or colleague.totp_confirmed_at is None:
        raise WrongDetails  # something was lost meanwhile
    accounts.end_sessions(person_id, staff_alone=True)
    return Arrived(person_id, recovery_codes)


def _welcome(invitation: Invitation, made: SetUp) -> UUID:
    """Make who is invited a colleague; gives their key, which is the invitation's if they are new.

    The device's secret is made with it, before there is an account.
    """
    person_id = accounts.join(invitation.email, ADULT, invitation.language, key=invitation.id)
    if made.name:
        accounts.set_name(person_id, made.name)
    admit(person_id, invitation.roles, actor=invitation.invited_by, ends_on=invitation.ends_on)
    journal.append("staff joined", actor=person_id, subject=f"person {person_id}")
    return person_id
