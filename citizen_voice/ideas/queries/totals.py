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


FIGURES = (
    func.count().label("ideas"),
    *(
        func.coalesce(func.sum(column), 0).label(f"all_{name}")
        for name, column in (("support", L.support), ("oppose", L.oppose), ("skip", L.skip))
    ),
)
"""The figures of listed ideas, as ``read`` takes them."""
_of_one = select(*FIGURES).where(ordering.LISTED, L.challenge_id == bindparam("challenge"))
_of_each = select(L.challenge_id, *FIGURES).where(ordering.LISTED).group_by(L.challenge_id)

_of_wards = select(L.ward_id, func.count()).where(L.ward_id.is_not(None)).group_by(L.ward_id)


@kept
def totals(challenge_id: int) -> Totals:
    """The public figures of a challenge: of its listed ideas alone, never of hidden ones."""
    return read(rows(_of_one, {"challenge": challenge_id})[0])


@kept
def totals_by_challenge() -> Mapping[int, Totals]:
    """The public figures of every challenge, in one statement."""
    return {row[0]: read(row[1:]) for row in rows(_of_each)}


def ideas_by_ward() -> Mapping[int, int]:
    """How many ideas are about each ward, hidden ones and all."""
    return {row[0]: int(row[1]) for row in rows(_of_wards)}


def read(figures: Sequence[Any]) -> Totals:
    """``FIGURES`` as they were read."""
    return Totals(*(int(figure) for figure in figures))
