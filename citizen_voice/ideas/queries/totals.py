"""The public figures of challenges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from citizen_voice.db import rows
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing as L
from citizen_voice.kept import kept


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a challenge's listed ideas."""

    ideas: int
    support: int
    oppose: int
    skip: int

    @property
    def answers(self) -> int:
        """All answers."""
        return self.support + self.oppose + self.skip


_all = (
    func.count(),
    func.coalesce(func.sum(L.support), 0),
    func.coalesce(func.sum(L.oppose), 0),
    func.coalesce(func.sum(L.skip), 0),
)
_of_one = select(*_all).where(ordering.LISTED, L.challenge_id == bindparam("challenge"))
_of_each = select(L.challenge_id, *_all).where(ordering.LISTED).group_by(L.challenge_id)


@kept
def totals(challenge_id: int) -> Totals:
    """The public figures of a challenge: of its listed ideas alone, never of hidden ones."""
    return _read(rows(_of_one, {"challenge": challenge_id})[0])


@kept
def totals_by_challenge() -> Mapping[int, Totals]:
    """The public figures of every challenge, in one statement."""
    return {row[0]: _read(row[1:]) for row in rows(_of_each)}


def _read(figures: Sequence[Any]) -> Totals:
    return Totals(*(int(figure) for figure in figures))
