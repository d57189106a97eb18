"""The versions of an idea, and what its author said when taking it back."""

from dataclasses import dataclass

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
    _of_idea.where(IdeaVersion.number <= bindparam("newest"))
    .order_by(IdeaVersion.number.desc())
    .limit(PAGE + 1)
)
_two = _of_idea.where(IdeaVersion.number.in_(bindparam("numbers", expanding=True))).order_by(
    IdeaVersion.number.desc()
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


def versions(idea_id: int, after: str | None) -> VersionPage:
    """A page of an idea's versions. Raises ``BadCursor`` for a place that cannot be."""
    newest = LARGEST if after is None else pagination.decode(after, 1)[0]
    if not 0 < newest <= LARGEST:
        raise pagination.BadCursor
    rows = [*db.session.execute(_page, {"idea": idea_id, "newest": newest})]
    older: list[AnyRow | None] = [*rows[1:], None]
    more = len(rows) > PAGE
    pairs = list(zip(rows, older, strict=True))[:PAGE]
    return VersionPage(pairs, pagination.encode(rows[PAGE].number) if more else None)


def since(idea_id: int, number: int, current: int) -> VersionPage:
    """The current version with an earlier one, as if it came right before it; empty if none is."""
    if not 0 < number < current:
        return VersionPage([], None)
    rows = [*db.session.execute(_two, {"idea": idea_id, "numbers": [current, number]})]
    return VersionPage([(rows[0], rows[1])] if len(rows) == 2 else [], None)


def withdrawal(idea_id: int) -> AnyRow:
    """When and why the author took the idea back."""
    return db.session.execute(_withdrawal, {"idea": idea_id}).one()
