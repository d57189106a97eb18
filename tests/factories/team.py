"""Colleagues."""

from datetime import date
from uuid import UUID

from citizen_voice.db import write
from citizen_voice.team import services
from citizen_voice.team.models import MODERATOR
from tests.factories.people import resident


def colleague(*roles: str, name: str = "", ends_on: date | None = None) -> UUID:
    """A colleague's key; a moderator unless other roles are given."""
    key = resident(name=name)
    with write():
        services.admit(key, roles or (MODERATOR,), actor=None, ends_on=ends_on)
    return key
