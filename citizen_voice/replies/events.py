"""What replies tell the features above."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IdeaReplied:
    """The council has replied to some ideas; ``stage`` is where the reply moved them, if it did."""

    reply_id: int
    idea_ids: tuple[int, ...]
    stage: str | None


@dataclass(frozen=True, slots=True)
class ReplyTakenBack:
    """A reply counts as not given."""

    reply_id: int
