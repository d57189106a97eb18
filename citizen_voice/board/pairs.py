"""Ideas side by side, and joins, as templates see them."""

from datetime import datetime
from typing import Any

from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.detail import author_name
from citizen_voice.merging.queries import UNDO


class Side(Card):
    """One of two ideas, with its words."""

    __slots__ = ()

    def __init__(self, row: Any, now: datetime) -> None:
        super().__init__(row, now, with_question=True)

    @property
    def body(self) -> str:
        """Its words, as Markdown."""
        return str(self.row.body)

    @property
    def author(self) -> str:
        """The name beside it."""
        return author_name(self.row)

    @property
    def comments(self) -> int:
        """Comments that everybody can read."""
        return int(self.row.comments)

    @property
    def skip(self) -> int:
        """How many skipped it."""
        return int(self.row.skip)


class Joined:
    """A join: which idea became part of which, who did it, and whether it can be undone."""

    __slots__ = ("_now", "row")

    def __init__(self, row: Any, now: datetime) -> None:
        self.row = row
        self._now = now

    @property
    def until(self) -> datetime:
        """The moment from which it stays."""
        moment: datetime = self.row.merged_at + UNDO
        return moment

    @property
    def can_undo(self) -> bool:
        """Whether it stands and is not too old; a newer join of one of the two may forbid it."""
        return self.row.undone_at is None and self._now < self.until
