"""A challenge as templates see it: its row, what the clock makes of it, and its figures."""

from typing import Any

from citizen_voice import clock
from citizen_voice.challenges.models import state


class ChallengeCard:
    """The columns of a challenge's row, its ``state``, and how many ideas and answers it has."""

    def __init__(self, row: Any, *, ideas: int = 0, answers: int = 0) -> None:
        self._row = row
        self.state = state(row, clock.now())
        self.ideas = ideas
        self.answers = answers

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)
