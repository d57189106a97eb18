"""Who may do what to a pilot."""

from collections.abc import Iterable
from uuid import UUID

from citizen_voice.pilots.models import DECIDED, Pilot
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER

STARTERS = (PILOT_OWNER, MODERATOR)
"""Who starts pilots and links ideas with them."""
ASSIGNERS = (MODERATOR, ADMINISTRATOR)
"""Who finds a new owner for a pilot of somebody else."""
CONFIRMERS = (PILOT_OWNER, MODERATOR, ADMINISTRATOR)
"""Who confirms what somebody else has declared."""


def may_run(pilot: Pilot, person_id: UUID) -> bool:
    """Whether somebody writes what a pilot says: its owner and the deputy."""
    return person_id in (pilot.owner_id, pilot.deputy_id)


def may_link(pilot: Pilot, person_id: UUID, roles: Iterable[str]) -> bool:
    """Whether somebody says which ideas it tries: who runs it, and moderators."""
    return may_run(pilot, person_id) or MODERATOR in roles


def may_cancel(pilot: Pilot, person_id: UUID, roles: Iterable[str]) -> bool:
    """Whether somebody undoes its start: who started it, too."""
    return person_id == pilot.created_by or may_link(pilot, person_id, roles)


def may_assign(pilot: Pilot, person_id: UUID, roles: Iterable[str]) -> bool:
    """Whether somebody may say who owns it: they do, or find it a new owner."""
    return may_run(pilot, person_id) or any(role in ASSIGNERS for role in roles)


def may_declare(pilot: Pilot, person_id: UUID) -> bool:
    """Whether somebody is the responsible one: the owner, and the deputy while there is none."""
    return person_id == (pilot.owner_id or pilot.deputy_id)


def may_confirm(declared_by: UUID | None, person_id: UUID, roles: Iterable[str]) -> bool:
    """Whether somebody is the second member of staff."""
    return person_id != declared_by and any(role in CONFIRMERS for role in roles)


def comments_open(pilot: Pilot) -> bool:
    """Whether residents comment on it: until it is decided, whatever their challenge does."""
    return pilot.stage != DECIDED and pilot.cancelled_at is None
