"""Who acted, by name."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from citizen_voice.accounts.models import Person
from citizen_voice.db import rows
from citizen_voice.team.models import Colleague


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acted: their name, where they have one, and whether they ever worked here."""

    key: UUID
    name: str | None
    colleague: bool


def acting(keys: Collection[UUID]) -> dict[UUID, Acting]:
    """Every colleague, those who left as well, and the people with these keys; by name."""
    found = rows(
        select(Person.id, Person.display_name, Colleague.joined_at)
        .outerjoin(Colleague, Colleague.person_id == Person.id)
        .where(or_(Colleague.person_id.is_not(None), Person.id.in_(keys)))
        .order_by(Person.display_name, Person.id),
        stays=False,
    )
    return {row.id: Acting(row.id, row.display_name, row.joined_at is not None) for row in found}
