"""All pilots, as lists and the menu name them: kept until one of them changes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.exc import DBAPIError

from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.kept import kept_by
from citizen_voice.pilots.models import (
    EVALUATING,
    PREPARING,
    RUNNING,
    Pilot,
    PilotDecision,
    PilotIdea,
)
from citizen_voice.pilots.queries.public import CONFIRMED
from citizen_voice.site.queries import revision

L = IdeaListing


@dataclass(frozen=True, slots=True)
class Trial:
    """A pilot as lists name it. ``decision`` is there once it was confirmed.

    ``ideas`` and ``challenges`` are the numbers of what it tries, and of where that was asked for.
    """

    id: int
    title_en: str
    title_cy: str
    team_en: str
    team_cy: str
    stage: str
    staged_at: datetime
    ends_on: date
    next_on: date | None
    decision: str | None
    learned_en: str
    learned_cy: str
    ideas: frozenset[int]
    challenges: frozenset[int]


NAMED = tuple(each.name for each in fields(Trial) if each.name not in ("ideas", "challenges"))
_trials = (
    select(
        Pilot.id,
        Pilot.title_en,
        Pilot.title_cy,
        Pilot.team_en,
        Pilot.team_cy,
        Pilot.stage,
        Pilot.staged_at,
        Pilot.ends_on,
        Pilot.next_on,
        PilotDecision.decision,
        PilotDecision.learned_en,
        PilotDecision.learned_cy,
        L.idea_id,
        L.challenge_id,
    )
    .outerjoin(PilotDecision, CONFIRMED)
    .outerjoin(PilotIdea, and_(PilotIdea.pilot_id == Pilot.id, PilotIdea.unlinked_at.is_(None)))
    .outerjoin(L, L.idea_id == PilotIdea.idea_id)
    .where(Pilot.cancelled_at.is_(None))
    .order_by(Pilot.id.desc(), L.idea_id)
)


@kept_by(revision)
def everything() -> tuple[Trial, ...]:
    """Every pilot, the newest first; read when the site's revision has risen.

    The database raises it with any change of pilots and of what they try (migration 0010).
    """
    found: dict[int, list[AnyRow]] = {}
    for row in rows(_trials):
        found.setdefault(row.id, []).append(row)
    return tuple(_trial(each) for each in found.values())


def _trial(found: Sequence[AnyRow]) -> Trial:
    tried = [row for row in found if row.idea_id is not None]
    named = {name: getattr(found[0], name) for name in NAMED}
    return Trial(
        **named,
        ideas=frozenset(row.idea_id for row in tried),
        challenges=frozenset(row.challenge_id for row in tried),
    )


def one(pilot_id: int) -> Trial | None:
    """A pilot; none where there is no such one, or where it was cancelled."""
    return next((trial for trial in everything() if trial.id == pilot_id), None)


def going_on() -> tuple[Trial, ...]:
    """Those that are not decided: what runs, what is evaluated, what is prepared."""
    order = (RUNNING, EVALUATING, PREPARING)
    found = [trial for trial in everything() if trial.stage in order]
    return tuple(sorted(found, key=lambda trial: order.index(trial.stage)))


def of_idea(idea_id: int) -> tuple[Trial, ...]:
    """Those that try an idea, the newest first."""
    return tuple(trial for trial in everything() if idea_id in trial.ideas)


def of_challenge(challenge_id: int) -> tuple[Trial, ...]:
    """Those of a challenge's ideas, the newest first."""
    return tuple(trial for trial in everything() if challenge_id in trial.challenges)


def any_trials() -> bool:
    """Whether the menu names them; it does where the database does not answer just now."""
    try:
        return bool(everything())
    except DBAPIError:
        return True
