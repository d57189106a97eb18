"""Colleagues."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db, write
from citizen_voice.team import codes, services
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, Colleague, Invitation
from citizen_voice.team.services.own import put_device, put_password
from tests.factories.people import resident


def colleague(*roles: str, name: str = "", ends_on: date | None = None) -> UUID:
    """A colleague's key; a moderator unless other roles are given."""
    key = resident(name=name)
    with write():
        services.admit(key, roles or (MODERATOR,), actor=None, ends_on=ends_on)
    return key


def hired(email: str = "invited@example.org") -> dict[str, Any]:
    """Somebody invited, and a colleague whose lost device waits for a second administrator."""
    fellow, asker = colleague(name="Ann Bell"), colleague(ADMINISTRATOR)
    with write():
        row = db.session.get_one(Colleague, fellow)
        put_password(row, "no password has this hash")
        put_device(row, codes.new_seed(), step=0)
        services.ask_for_device(fellow, actor=asker)
        token = services.invite(email, [MODERATOR], actor=asker, language="en")
        key = db.session.scalars(select(Invitation.id).where(Invitation.email == email)).one()
    return {"fellow": fellow, "invitation": token, "invitation_id": key}
