"""What the team tells the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ColleagueLeft:
    """Somebody works here no longer: an administrator said so, or they deleted their account."""

    person_id: UUID
    actor: UUID | None
