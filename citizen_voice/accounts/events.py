"""What accounts tell the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonLeaving:
    """Somebody deletes their account. ``remove_words``: what they wrote goes, too."""

    person_id: UUID
    remove_words: bool
