"""What the page of an idea says of those that were joined with it, as templates see it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.answers.models import SUPPORT
from citizen_voice.db import AnyRow
from citizen_voice.ideas.cards import REMOVED
from citizen_voice.ideas.detail import author_name
from citizen_voice.ideas.models import PUBLISHED
from citizen_voice.merging import queries
from citizen_voice.web.filters import reference
from citizen_voice.words import language


class Part:
    """An idea that is part of the one shown."""

    __slots__ = ("lang", "name", "ref", "title")

    def __init__(self, row: AnyRow) -> None:
        self.ref = reference(row.id)
        self.name: str = author_name(row)
        self.title: str = row.title or str(REMOVED)
        other = bool(row.title) and row.language != language()
        self.lang: str | None = row.language if other else None


class Offer:
    """To take out one's answer, which came along with ``ref``; ``supported``: it was support."""

    __slots__ = ("ref", "supported", "until")

    def __init__(self, origin: AnyRow, last: AnyRow) -> None:
        self.ref = reference(origin.id)
        self.supported = origin.value == SUPPORT
        ends: datetime = last.merged_at + queries.OPT_OUT
        self.until: date = ends.astimezone(clock.LONDON).date()


class Joined:
    """The ideas that are part of one, for one reader. ``more``: how many are not named.

    ``moved_by`` is the merge by which the reader's answer came here, ``None`` where it is their own
    or there is none.
    """

    __slots__ = ("facts", "more", "moved_by", "offer", "parts")

    def __init__(self, idea_id: int, reader: UUID | None) -> None:
        rows = queries.parts(idea_id, reader)
        seen = [row for row in rows if row.visibility == PUBLISHED]
        self.parts = [Part(row) for row in seen[: queries.MOST_NAMED]]
        self.more = len(seen) - len(self.parts)
        moved = {row.into_id: row for row in rows if reader is not None and row.stands}
        last = moved.get(idea_id)
        self.moved_by: int | None = None if last is None else last.merge_id
        self.offer = None if last is None else _offer(last, moved)
        self.facts: tuple[Any, ...] = (*(tuple(row) for row in rows), self.offer is not None)


def _offer(last: AnyRow, moved: Mapping[int, AnyRow]) -> Offer | None:
    """To take out what came by the last merge, however far it came; not after the 14 days."""
    if clock.now() >= last.merged_at + queries.OPT_OUT:
        return None
    origin = last
    while origin.id in moved:
        origin = moved[origin.id]
    return Offer(origin, last)


def joined_with(row: Any, reader: UUID | None) -> Joined | None:
    """What to show with an idea; ``None`` where no other is part of it.

    ``row``: of ``ideas.queries.shown``, best with the columns of ``queries.mine``.
    """
    if not getattr(row, "joined", True) or row.visibility != PUBLISHED:
        return None
    found = Joined(row.id, reader)
    return found if found.parts or found.moved_by is not None else None
