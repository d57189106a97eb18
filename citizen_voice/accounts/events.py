"""What accounts tell the features above."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PersonAboutToLeave:
    """Somebody is about to be erased, and nothing is locked yet. Who hears of it may refuse.

    ``forced``: they were erased before, and a backup has brought them back, so nobody refuses.
    ``afterwards`` takes what is to be done at the end, when whatever they leave is locked.
    """

    person_id: UUID
    forced: bool = False
    afterwards: list[Callable[[], None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PersonLeaving:
    """Somebody deletes their account. ``remove_words``: what they wrote goes, too."""

    person_id: UUID
    remove_words: bool
