"""A reply that was given, with its ideas, as staff see it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from citizen_voice import clock
from citizen_voice.replies.cards import ReplyCard
from citizen_voice.replies.due_cards import StaffIdea

IN_PLACE = timedelta(seconds=30)
"""So long the page that comes after it offers to undo it."""


class ToIdea(StaffIdea):
    """One of the ideas that a reply is to."""

    __slots__ = ()

    @property
    def in_force(self) -> bool:
        """Whether it is the council's word on it now."""
        return bool(self.row.in_force == self.row.reply_id)

    @property
    def back(self) -> bool:
        """Whether it was taken back."""
        return self.row.taken_back_at is not None


class Given(ReplyCard):
    """``rows`` are those of ``queries.with_ideas``."""

    __slots__ = ("ideas",)

    def __init__(self, rows: Sequence[Any]) -> None:
        super().__init__(rows[0])
        self.ideas = [ToIdea(row) for row in rows]

    @property
    def author(self) -> str | None:
        """Who wrote it for the council."""
        name: str | None = self.row.author
        return name

    @property
    def replied_at(self) -> Any:
        """When."""
        return self.row.replied_at

    @property
    def stands(self) -> bool:
        """Whether it can be taken back."""
        return any(not idea.back for idea in self.ideas)

    @property
    def moved(self) -> bool:
        """Whether it moved ideas to another stage."""
        return any(idea.row.change_id is not None for idea in self.ideas)

    @property
    def just_now(self) -> bool:
        """Whether the page offers to undo it at once."""
        return self.stands and clock.now() - self.row.replied_at < IN_PLACE


class Sent(ReplyCard):
    """One in the list of replies: ``row`` is of ``queries.sent``."""

    __slots__ = ()

    @property
    def author(self) -> str | None:
        """Who wrote it for the council."""
        name: str | None = self.row.author
        return name

    @property
    def number(self) -> int:
        """To how many ideas it is."""
        return int(self.row.ideas)

    @property
    def back(self) -> bool:
        """Whether it was taken back."""
        return bool(self.row.back)
