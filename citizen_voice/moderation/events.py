"""What moderation tells the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Decided:
    """Something was decided about somebody's words or name. ``person_id`` is whom it concerns.

    ``idea_id`` is what it is about, or what a comment is on; ``pilot_id`` the pilot of a comment.
    """

    decision_id: UUID
    act: str
    person_id: UUID | None
    idea_id: int | None
    pilot_id: int | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A decision was undone."""

    decision_id: UUID


@dataclass(frozen=True, slots=True)
class AppealDecided:
    """Somebody else has looked at a decision again; ``idea_id`` and ``pilot_id`` as there."""

    appeal_id: UUID
    decision_id: UUID
    person_id: UUID
    idea_id: int | None
    pilot_id: int | None
    upheld: bool
