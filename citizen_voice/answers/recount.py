"""Recounting: what the rows say, held against what the lists show."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update

from citizen_voice.answers.models import OPPOSE, SKIP, SUPPORT, Answer
from citizen_voice.db import AnySelect, db, write
from citizen_voice.ideas.models import (
    IDEA_IN_FORCE,
    LISTED_STAGES,
    PUBLISHED,
    Idea,
    IdeaListing,
    IdeaVersion,
)
from citizen_voice.web.filters import reference

FIGURES = {"support": SUPPORT, "oppose": OPPOSE, "skip": SKIP}
FILTERS = ("challenge_id", "topic_id", "ward_id", "stage", "published_at")
WORDS = ("title", "language")
BATCH = 500

L = IdeaListing


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about one idea that is not as the rows say."""

    idea_id: int
    what: str
    shown: Any
    counted: Any

    def __str__(self) -> str:
        ref = reference(self.idea_id)
        return f"{ref}: {self.what} shows {self.shown}, the rows say {self.counted}"


def differences() -> list[Difference]:
    """Everything that differs, by idea: figures, filters, whether it is listed, its version.

    One statement, so that answers given meanwhile are either in both counts or in neither.
    """
    found = []
    for row in db.session.execute(_suspects()):
        if row.listing_id is None:
            found.append(Difference(row.id, "list", "nothing", "an idea"))
            continue
        pairs = [(name, getattr(row, name), getattr(row, f"true_{name}")) for name in FIGURES]
        pairs += [
            (name, getattr(row, name), getattr(row, f"true_{name}")) for name in (*FILTERS, *WORDS)
        ]
        pairs.append(("listed", row.listed, row.true_listed))
        found += [
            Difference(row.id, name, shown, true) for name, shown, true in pairs if shown != true
        ]
        if row.version_number is None:
            found.append(Difference(row.id, "version", row.version, "no such version"))
    return found


def fix() -> int:
    """Make every listing what the rows say; gives how many ideas were mended.

    Who changes a figure holds the idea's listing until that is committed. So it is held first, then
    counted: an answer given meanwhile is in the rows and in the figure, or comes on top of both.
    What the rows do not say (a missing version) stays, and stays a difference.
    """
    mended = 0
    with write():
        held = _hold([row.id for row in db.session.execute(_suspects())])
        for row in db.session.execute(_suspects()).all():
            values = {name: getattr(row, f"true_{name}") for name in (*FIGURES, *FILTERS, *WORDS)}
            values["listed"] = row.true_listed
            if row.listing_id is None:
                db.session.add(IdeaListing(idea_id=row.id, shuffle=row.id, **values))
            elif row.id in held:
                db.session.execute(update(L).where(L.idea_id == row.id).values(values))
            else:
                continue
            mended += 1
    return mended


def _hold(ideas: list[int]) -> set[int]:
    """Hold the listings of some ideas, in the order of their numbers; gives which there are."""
    return {
        number
        for first in range(0, len(ideas), BATCH)
        for number in db.session.scalars(
            select(L.idea_id)
            .where(L.idea_id.in_(ideas[first : first + BATCH]))
            .order_by(L.idea_id)
            .with_for_update()
        )
    }


def _suspects() -> AnySelect:
    counted = (
        select(
            Answer.idea_id,
            *(
                func.sum(case((Answer.value == value, 1), else_=0)).label(name)
                for name, value in FIGURES.items()
            ),
        )
        .group_by(Answer.idea_id)
        .subquery()
    )
    true: dict[str, ColumnElement[Any]] = {
        name: func.coalesce(counted.c[name], 0) + func.coalesce(getattr(L, f"detached_{name}"), 0)
        for name in FIGURES
    }
    true |= {name: getattr(Idea, name) for name in FILTERS}
    true |= {
        name: func.coalesce(getattr(IdeaVersion, name), getattr(L, name), "") for name in WORDS
    }
    listed = and_(Idea.visibility == PUBLISHED, Idea.stage.in_(LISTED_STAGES))
    differs = [
        L.idea_id.is_(None),
        IdeaVersion.number.is_(None),
        L.listed != listed,
        *(getattr(L, name).is_distinct_from(column) for name, column in true.items()),
    ]
    return (
        select(
            Idea.id,
            Idea.version,
            L.idea_id.label("listing_id"),
            L.listed,
            listed.label("true_listed"),
            IdeaVersion.number.label("version_number"),
            *(getattr(L, name) for name in true),
            *(column.label(f"true_{name}") for name, column in true.items()),
        )
        .outerjoin(L, L.idea_id == Idea.id)
        .outerjoin(counted, counted.c.idea_id == Idea.id)
        .outerjoin(IdeaVersion, IDEA_IN_FORCE)
        .where(or_(*differs))
        .order_by(Idea.id)
    )
