"""What is left of an account that a moderator has shut, once its owner has deleted it.

A mark of its address, and nothing else: with it the same address makes no new account at once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.accounts import secrets
from citizen_voice.accounts.models import ShutAddress
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed
from citizen_voice.words import _

BARRED = timedelta(days=365)
"""How long a mark is kept from the day on which its account was deleted."""


class AddressShut(NotAllowed):
    """A moderator shut the account that had this address."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A moderator closed the account that had this address, so nobody can join with it "
                "now. If you think this is wrong, ask us."
            )
        )


def remember(person_id: UUID, email: str) -> None:
    """Keep a mark of a shut account's address, which is deleted now."""
    row = ShutAddress(mark=secrets.mark(email), person_id=person_id, ends_at=clock.now() + BARRED)
    db.session.merge(row)


def bar_ends(email: str) -> datetime | None:
    """Until when nobody can join with an address; ``None`` where anybody can."""
    return db.session.scalars(
        select(ShutAddress.ends_at).where(
            ShutAddress.mark == secrets.mark(email), ShutAddress.ends_at > clock.now()
        )
    ).one_or_none()


def refuse(email: str) -> None:
    """Raise ``AddressShut`` where nobody can join with an address."""
    if bar_ends(email) is not None:
        raise AddressShut


def reopen(person_id: UUID) -> None:
    """The account should not have been shut: whoever had it may join again."""
    db.session.execute(delete(ShutAddress).where(ShutAddress.person_id == person_id))
