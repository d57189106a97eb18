"""The figures of ideas, counted anew from the rows where many rows change at once."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from citizen_voice.answers.models import Answer
from citizen_voice.answers.statements import COLUMNS
from citizen_voice.db import db
from citizen_voice.ideas.models import IdeaListing

L = IdeaListing
BATCH = 500


def hold(ideas: Collection[int]) -> None:
    """Hold the listings of ideas in the order of their numbers, as whoever changes many does."""
    keys = sorted(ideas)
    for first in range(0, len(keys), BATCH):
        some = L.idea_id.in_(keys[first : first + BATCH])
        db.session.execute(
            select(L.idea_id).where(some).order_by(L.idea_id).with_for_update()
        ).all()


def recount(ideas: Collection[int]) -> None:
    """Make the figures of ideas what their rows and their detached counts say.

    The listings are held first, then counted: an answer given meanwhile is in the rows, or comes on
    top of what was counted.
    """
    hold(ideas)
    values: dict[str, Any] = {
        name: getattr(L, f"detached_{name}")
        + select(func.count())
        .where(Answer.idea_id == L.idea_id, Answer.value == value)
        .correlate(L)
        .scalar_subquery()
        for value, name in COLUMNS.items()
    }
    db.session.execute(
        update(L).where(L.idea_id.in_(ideas)).values(values),
        execution_options={"synchronize_session": False},
    )


def count_person(person_id: UUID, rows: Any, ideas: Collection[int], *, sign: int) -> None:
    """Add one person's answers to the figures of some ideas, or take them from there.

    ``rows`` is the model of the table in which they stand, ``sign`` is 1 or -1. The listings are
    held.
    """
    keys = sorted(ideas)
    for first in range(0, len(keys), BATCH):
        values: dict[str, Any] = {
            name: getattr(L, name)
            + sign
            * select(func.count())
            .where(
                rows.idea_id == L.idea_id,
                rows.person_id == person_id,
                rows.value == value,
            )
            .correlate(L)
            .scalar_subquery()
            for value, name in COLUMNS.items()
        }
        some = L.idea_id.in_(keys[first : first + BATCH])
        db.session.execute(
            update(L).where(some).values(values),
            execution_options={"synchronize_session": False},
        )
