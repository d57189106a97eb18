"""Two ideas side by side, and the joins of ideas that moderators made."""

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.answers.models import Answer
from citizen_voice.comments.models import CommentThread
from citizen_voice.db import AnyRow
from citizen_voice.db import rows as rows_of
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.queries.lists import CARD
from citizen_voice.merging.models import IdeaMerge

MERGES = 25

L = IdeaListing
_other = aliased(Answer)
_answered_both = (
    select(func.count())
    .select_from(Answer)
    .join(_other, _other.person_id == Answer.person_id)
    .where(Answer.idea_id == bindparam("first"), _other.idea_id == bindparam("second"))
    .scalar_subquery()
)
_pair = (
    select(
        *CARD,
        Idea.visibility,
        Idea.author_id,
        Person.display_name.label("author"),
        Person.kind.label("author_kind"),
        IdeaVersion.body,
        func.coalesce(CommentThread.published, 0).label("comments"),
        _answered_both.label("answered_both"),
    )
    .join(Idea, Idea.id == L.idea_id)
    .join(IdeaVersion, IDEA_IN_FORCE)
    .outerjoin(Person, Person.id == Idea.author_id)
    .outerjoin(CommentThread, CommentThread.idea_id == Idea.id)
    .where(L.idea_id.in_([bindparam("first"), bindparam("second")]))
)


def pair(first: int, second: int) -> tuple[AnyRow, AnyRow]:
    """Two ideas with their words and figures, and ``answered_both``: how many people did.

    Raises ``NotHere`` where one is missing.
    """
    found = {row.id: row for row in rows_of(_pair, {"first": first, "second": second})}
    if first not in found or second not in found:
        raise NotHere
    return found[first], found[second]


_from, _into, _by = aliased(L), aliased(L), aliased(Person)
_merges: Any = (
    select(
        IdeaMerge.id,
        IdeaMerge.from_id,
        IdeaMerge.into_id,
        IdeaMerge.reason,
        IdeaMerge.merged_at,
        IdeaMerge.undone_at,
        _from.title.label("from_title"),
        _from.language.label("from_language"),
        _into.title.label("into_title"),
        _into.language.label("into_language"),
        _by.display_name.label("by"),
    )
    .join(_from, _from.idea_id == IdeaMerge.from_id)
    .join(_into, _into.idea_id == IdeaMerge.into_id)
    .outerjoin(_by, _by.id == IdeaMerge.merged_by)
    .where(IdeaMerge.id < bindparam("before"))
    .order_by(IdeaMerge.id.desc())
    .limit(MERGES + 1)
)


def merges(before: int) -> tuple[list[AnyRow], int | None]:
    """Joins with a key below ``before``, the newest first, and where the list goes on."""
    found = list(rows_of(_merges, {"before": before}))
    shown = found[:MERGES]
    return shown, shown[-1].id if len(found) > MERGES else None
