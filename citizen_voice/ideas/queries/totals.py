"""The public figures of challenges."""

from dataclasses import dataclass

from sqlalchemy import func, select

from citizen_voice.db import db
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing as L


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


def totals(challenge_id: int) -> Totals:
    """The public figures of a challenge: of its listed ideas alone, never of hidden ones."""
    row = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(L.support), 0),
            func.coalesce(func.sum(L.oppose), 0),
            func.coalesce(func.sum(L.skip), 0),
        ).where(ordering.LISTED, L.challenge_id == challenge_id)
    ).one()
    return Totals(*(int(figure) for figure in row))


def totals_by_challenge() -> dict[int, Totals]:
    """The public figures of every challenge, in one statement."""
    rows = db.session.execute(
        select(
            L.challenge_id,
            func.count(),
            func.sum(L.support),
            func.sum(L.oppose),
            func.sum(L.skip),
        )
        .where(L.listed)
        .group_by(L.challenge_id)
    )
    return {row[0]: Totals(*(int(figure) for figure in row[1:])) for row in rows}
