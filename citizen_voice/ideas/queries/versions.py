"""The versions of an idea that everybody may read, and what its author said on taking it back.

Neither what it said while it was held or hidden, nor an edit that waits for a moderator.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from citizen_voice.db import AnyRow, db
from citizen_voice.ideas.models import Idea, IdeaVersion
from citizen_voice.web import pagination

PAGE = 10
LARGEST = 2**31 - 1

_columns = (
    IdeaVersion.number,
    IdeaVersion.title,
    IdeaVersion.body,
    IdeaVersion.language,
    IdeaVersion.created_at,
)
_of_idea = select(*_columns).where(IdeaVersion.idea_id == bindparam("idea"))
_page = (
    _of_idea.where(
        IdeaVersion.number >= bindparam("oldest"), IdeaVersion.number <= bindparam("newest")
    )
    .order_by(IdeaVersion.number.desc())
    .limit(PAGE + 1)
)
_two = _of_idea.where(IdeaVersion.number.in_(bindparam("numbers", expanding=True))).order_by(
    IdeaVersion.number.desc()
)
_waiting = (
    _of_idea.where(IdeaVersion.number > bindparam("current"))
    .order_by(IdeaVersion.number.desc())
    .limit(1)
)
_withdrawal = select(
    Idea.withdrawn_at, Idea.withdrawn_why, Idea.withdrawn_words, Idea.withdrawn_language
).where(Idea.id == bindparam("idea"))


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Some versions, the newest first, each with the one before it (``None`` for the first of all).

    ``after`` is where older ones begin; ``None`` where there are none.
    """

    pairs: list[tuple[AnyRow, AnyRow | None]]
    after: str | None


def versions(idea: Any, after: str | None) -> VersionPage:
    """A page of an idea's versions. Raises ``BadCursor`` for a place that cannot be.

    ``idea`` has id, version and public_from.
    """
    newest = LARGEST if after is None else pagination.decode(after, 1)[0]
    if not 0 < newest <= LARGEST:
        raise pagination.BadCursor
    bounds = {"oldest": idea.public_from, "newest": min(newest, idea.version)}
    rows = [*db.session.execute(_page, {"idea": idea.id, **bounds})]
    if not rows:
        raise pagination.BadCursor
    older: list[AnyRow | None] = [*rows[1:], None]
    more = len(rows) > PAGE
    pairs = list(zip(rows, older, strict=True))[:PAGE]
    return VersionPage(pairs, pagination.encode(rows[PAGE].number) if more else None)


def since(idea: Any, number: int) -> VersionPage:
    """The current version with an earlier one, as if it came right before it; empty if none is."""
    if not idea.public_from <= number < idea.version:
        return VersionPage([], None)
    numbers = [idea.version, number]
    rows = [*db.session.execute(_two, {"idea": idea.id, "numbers": numbers})]
    return VersionPage([(rows[0], rows[1])] if len(rows) == 2 else [], None)


def waiting(idea: Any) -> AnyRow | None:
    """The version that its author wrote and no moderator has read yet, where there is one."""
    values = {"idea": idea.id, "current": idea.version}
    return db.session.execute(_waiting, values).one_or_none()


def withdrawal(idea_id: int) -> AnyRow:
    """When and why the author took the idea back."""
    return db.session.execute(_withdrawal, {"idea": idea_id}).one()
