"""Which ideas stand on public lists, and when they last changed: a share of them at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from citizen_voice.clock import LONDON
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.replies.models import Reply

L = IdeaListing
PART = 2_500
"""Numbers of ideas a part: an idea stays in its part for ever, so that others' parts stay known."""
LARGEST_NUMBER = 2**31 - 1

_with_reply = (
    select(
        L.idea_id.label("id"),
        L.published_at,
        Idea.edited_at,
        Idea.staged_at,
        Reply.replied_on,
    )
    .join(Idea, Idea.id == L.idea_id)
    .outerjoin(Reply, Reply.id == L.reply_id)
    .where(L.listed)
)
_in_part = _with_reply.where(L.idea_id.between(bindparam("first"), bindparam("last"))).order_by(
    L.idea_id
)
_each = _with_reply.subquery()
_part = (_each.c.id // PART).label("part")
_parts = (
    select(
        _part,
        *(
            func.max(_each.c[name]).label(name)
            for name in ("published_at", "edited_at", "staged_at", "replied_on")
        ),
    )
    .group_by(_part)
    .order_by(_part)
)


class Changed(NamedTuple):
    """The number of an idea, or of a part, and the day on which it was last changed."""

    number: int
    on: date


def parts() -> Sequence[Changed]:
    """The parts that have an idea in them."""
    return [Changed(row.part, _day(row)) for row in rows(_parts)]


def ideas(part: int) -> Sequence[Changed]:
    """The listed ideas of a part, by number; none where there is no such part."""
    first = part * PART
    if first > LARGEST_NUMBER:
        return []
    found = rows(_in_part, {"first": first, "last": min(first + PART - 1, LARGEST_NUMBER)})
    return [Changed(row.id, _day(row)) for row in found]


def _day(row: AnyRow) -> date:
    """The last of the days of a row in London."""
    moments: list[datetime] = [
        moment for moment in (row.published_at, row.edited_at, row.staged_at) if moment is not None
    ]
    day = max(moments).astimezone(LONDON).date()
    return day if row.replied_on is None else max(day, row.replied_on)
