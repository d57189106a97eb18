"""The log: what was decided, the newest first, and one decision with everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import AnyRow, AnySelect, Key, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.moderation.models import Appeal, Case, Decision
from citizen_voice.moderation.queries.joined import (
    ABOUT,
    GROUND_AND_APPEAL,
    PILOT,
    with_comment,
    with_ground_and_appeal,
)
from citizen_voice.team.models import Colleague
from citizen_voice.web import pagination
from citizen_voice.web.narrowing import Narrowing

PAGE = 30
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Filters(Narrowing):
    """What the log is narrowed to. ``appealed``: somebody asked."""

    act: str | None = None
    ground: int | None = None
    who: UUID | None = None
    undone: str | None = None
    appealed: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Decisions, and where the log goes on (``None``: nowhere)."""

    rows: Sequence[AnyRow]
    after: str | None


_moderator, _undoer, _person = aliased(Person), aliased(Person), aliased(Person)
_columns = (
    Decision.id,
    Decision.case_id,
    Decision.batch_id,
    Decision.act,
    Decision.words,
    Decision.language,
    Decision.automated,
    Decision.decided_by,
    Decision.decided_at,
    Decision.until,
    Decision.person_id,
    Decision.undone_at,
    Case.idea_id,
    Case.comment_id,
    Case.closed_at,
    IdeaListing.idea_id.label("about_id"),
    PILOT[0],
    IdeaListing.title,
    IdeaListing.language.label("idea_language"),
    CommentVersion.body.label("comment_body"),
    CommentVersion.language.label("comment_language"),
    *GROUND_AND_APPEAL,
    _moderator.display_name.label("moderator"),
    _undoer.display_name.label("undoer"),
    _person.display_name.label("name"),
)


def _joined(wanted: Any) -> AnySelect:
    decisions = (
        select(*_columns)
        .select_from(wanted)
        .join(Decision, Decision.id == wanted.c.id)
        .join(Case, Case.id == Decision.case_id)
    )
    return (
        with_ground_and_appeal(with_comment(decisions))
        .outerjoin(IdeaListing, IdeaListing.idea_id == ABOUT)
        .outerjoin(_moderator, _moderator.id == Decision.decided_by)
        .outerjoin(_undoer, _undoer.id == Decision.undone_by)
        .outerjoin(_person, _person.id == Case.person_id)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )


_appealed = select(Appeal.id).where(Appeal.decision_id == Decision.id).exists()
_CONDITIONS: dict[tuple[str, str | None], Any] = {
    ("act", None): Decision.act == bindparam("act"),
    ("ground", None): Decision.ground_id == bindparam("ground"),
    ("who", None): Decision.decided_by == bindparam("who", type_=Key()),
    ("undone", YES): Decision.undone_at.is_not(None),
    ("undone", NO): Decision.undone_at.is_(None),
    ("appealed", YES): _appealed,
    ("appealed", NO): ~_appealed,
}


@cache
def _page(conditions: tuple[tuple[str, str | None], ...], further: bool) -> Any:
    keys = select(Decision.id).where(*(_CONDITIONS[each] for each in conditions))
    if further:
        here = tuple_(
            bindparam("when", type_=Decision.decided_at.type), bindparam("last", type_=Key())
        )
        keys = keys.where(tuple_(Decision.decided_at, Decision.id) < here)
    keys = keys.order_by(Decision.decided_at.desc(), Decision.id.desc())
    return _joined(keys.limit(PAGE + 1).subquery("wanted"))


_some = _joined(
    select(Decision.id)
    .where(Decision.id.in_(bindparam("keys", type_=Key(), expanding=True)))
    .subquery("wanted")
)
_batch = (
    select(
        func.count().label("number"),
        func.count().filter(Decision.undone_at.is_(None)).label("standing"),
        func.min(Decision.act).label("act"),
    )
    .select_from(Decision)
    .where(Decision.batch_id == bindparam("batch", type_=Key()))
)
_colleagues = (
    select(Person.id, Person.display_name)
    .join(Colleague, Colleague.person_id == Person.id)
    .where(select(Decision.id).where(Decision.decided_by == Person.id).exists())
    .order_by(Person.display_name, Person.id)
)


def page(filters: Filters, *, after: str | None = None) -> Page:
    """A page of the log; raises ``pagination.BadCursor``."""
    chosen = filters.chosen()
    fixed = ("undone", "appealed")
    conditions = tuple(
        (name, value if name in fixed else None) for name, value in sorted(chosen.items())
    )
    values: dict[str, Any] = {name: value for name, value in chosen.items() if name not in fixed}
    if after is not None:
        values |= _place(after)
    found = rows(_page(conditions, after is not None), values, stays=not chosen)
    more = len(found) > PAGE
    found = found[:PAGE]
    return Page(found, cursor(found[-1]) if more else None)


def one(decision_id: UUID) -> AnyRow:
    """A decision with what it is about and its appeal; raises ``NotHere``."""
    found = page_of([decision_id])
    if not found:
        raise NotHere
    return found[0]


def page_of(keys: Sequence[UUID]) -> Sequence[AnyRow]:
    """The decisions with these keys, those that there are."""
    found: Sequence[AnyRow] = rows(_some, {"keys": list(keys)})
    return found


def batch(batch_id: UUID) -> AnyRow | None:
    """How many were decided in one act, how many of them stand, and what was done."""
    found = rows(_batch, {"batch": batch_id})
    return found[0] if found and found[0].number else None


def moderators() -> Sequence[AnyRow]:
    """The colleagues who have decided something: id, display_name."""
    return rows(_colleagues)


def cursor(row: Any) -> str:
    """The place of a decision in the log, for an address."""
    when = pagination.of_moment(row.decided_at)
    return pagination.encode(when, *pagination.of_key(row.id))


def _place(after: str) -> dict[str, Any]:
    when, *last = pagination.decode(after, 1 + pagination.PARTS_OF_A_KEY)
    return {"when": pagination.moment(when), "last": pagination.key(*last)}
