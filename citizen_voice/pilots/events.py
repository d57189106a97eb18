"""What pilots tell the features above."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PilotBegan:
    """A pilot was started with some ideas; the stage of the ideas tells of nothing by itself."""

    pilot_id: int
    idea_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IdeaLinked:
    """A pilot that had begun already tries an idea, too."""

    pilot_id: int
    idea_id: int


@dataclass(frozen=True, slots=True)
class IdeaUnlinked:
    """A pilot tries an idea no longer."""

    pilot_id: int
    idea_id: int


@dataclass(frozen=True, slots=True)
class PilotUpdated:
    """Its owner said how it is going."""

    pilot_id: int
    update_id: int


@dataclass(frozen=True, slots=True)
class UpdateTakenBack:
    """An update counts as not given."""

    pilot_id: int
    update_id: int


@dataclass(frozen=True, slots=True)
class CommentThanked:
    """Something in a trial changed because of what ``person_id`` said; nobody where they left."""

    pilot_id: int
    thanks_id: int
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class ThanksTakenBack:
    """Thanks for a comment count as not given."""

    thanks_id: int


@dataclass(frozen=True, slots=True)
class PilotDecided:
    """A decision was confirmed; the linked ideas have moved in the same act."""

    pilot_id: int
    decision_id: int
    decision: str


@dataclass(frozen=True, slots=True)
class PilotCancelled:
    """A pilot that was started by mistake counts as never begun."""

    pilot_id: int
