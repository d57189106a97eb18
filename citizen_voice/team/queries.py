"""What is true of colleagues now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from citizen_voice import clock
from citizen_voice.db import AnyRow, rows
from citizen_voice.kept import kept
from citizen_voice.team.models import Colleague, ColleagueRole

_roles = (
    select(ColleagueRole.role, ColleagueRole.ends_at)
    .join(Colleague, Colleague.person_id == ColleagueRole.person_id)
    .where(
        Colleague.person_id == bindparam("person", type_=Colleague.person_id.type),
        Colleague.left_at.is_(None),
    )
)


def roles(person_id: UUID) -> frozenset[str]:
    """The roles that a colleague has now; none for anybody else, and who has left."""
    now = clock.now()
    found = _kept_roles(person_id)
    return frozenset(row.role for row in found if row.ends_at is None or row.ends_at > now)


@kept
def _kept_roles(person_id: UUID) -> Sequence[AnyRow]:
    return rows(_roles, {"person": person_id})
