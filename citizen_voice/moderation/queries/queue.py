"""The queue: open cases, what goes first first, a page of them in two statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.db import AnyRow, AnySelect, rows
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.moderation.models import Case, CaseReason, Report
from citizen_voice.moderation.queries.joined import ABOUT, PILOT, with_comment
from citizen_voice.moderation.queries.reasons import Why, why
from citizen_voice.moderation.services.claiming import CLAIM_LASTS
from citizen_voice.moderation.things import COMMENT, IDEA, NAME
from citizen_voice.web import pagination
from citizen_voice.web.narrowing import Narrowing

PAGE = 20
MOST_IN_A_FILE = 1_000
BEGINNING = 240
"""So many letters of what somebody wrote stand in the list."""

MINE, FREE, LATE = "mine", "free", "late"
WHOSE = (MINE, FREE, LATE)
TYPES = (IDEA, COMMENT, NAME)


@dataclass(frozen=True, slots=True)
class Filters(Narrowing):
    """What the queue is narrowed to."""

    kind: str | None = None
    category: str | None = None
    language: str | None = None
    challenge: int | None = None
    type: str | None = None
    whose: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Cases, why each waits, and where the list goes on (``None``: nowhere)."""

    rows: Sequence[AnyRow]
    why: Mapping[UUID, Why]
    after: str | None


_claimant, _newer, _newer_said = aliased(Person), aliased(IdeaVersion), aliased(CommentVersion)
_named = aliased(Person)
COLUMNS = (
    *Case.__table__.columns,
    _claimant.display_name.label("claimant"),
    IdeaListing.challenge_id,
    IdeaListing.title,
    IdeaListing.language.label("idea_language"),
    IdeaListing.idea_id.label("about_id"),
    PILOT[0],
    func.substr(IdeaVersion.body, 1, BEGINNING).label("idea_body"),
    func.substr(CommentVersion.body, 1, BEGINNING).label("comment_body"),
    CommentVersion.language.label("comment_language"),
    _named.display_name.label("name"),
    func.coalesce(Comment.author_id, Idea.author_id, Case.person_id).label("author_id"),
    func.coalesce(Comment.version, Idea.version).label("version"),
    Comment.removed_at,
    func.coalesce(_newer_said.number, _newer.number).label("waiting"),
    func.coalesce(_newer_said.created_at, _newer.created_at).label("waiting_since"),
)


def _joined(wanted: Any) -> AnySelect:
    """Cases with what they are about."""
    cases = select(*COLUMNS).select_from(wanted).join(Case, Case.id == wanted.c.id)
    return (
        with_comment(cases)
        .outerjoin(_claimant, _claimant.id == Case.claimed_by)
        .outerjoin(
            _newer_said,
            and_(_newer_said.comment_id == Comment.id, _newer_said.number > Comment.version),
        )
        .outerjoin(IdeaListing, IdeaListing.idea_id == ABOUT)
        .outerjoin(Idea, Idea.id == Case.idea_id)
        .outerjoin(IdeaVersion, IDEA_IN_FORCE)
        .outerjoin(_newer, and_(_newer.idea_id == Idea.id, _newer.number > Idea.version))
        .outerjoin(_named, _named.id == Case.person_id)
        .order_by(Case.urgency, Case.due_at, Case.id)
    )


def _value(name: str, column: Any) -> Any:
    return bindparam(name, type_=column.type)


def _in_language() -> ColumnElement[bool]:
    said = (
        select(CommentVersion.number)
        .join(Comment, Comment.id == CommentVersion.comment_id)
        .where(
            Comment.id == Case.comment_id,
            CommentVersion.number == Comment.version,
            CommentVersion.language == bindparam("language"),
        )
    )
    listed = select(IdeaListing.idea_id).where(
        IdeaListing.idea_id == Case.idea_id, IdeaListing.language == bindparam("language")
    )
    return or_(listed.exists(), said.exists())


def _in_challenge() -> ColumnElement[bool]:
    listed = select(IdeaListing.idea_id).where(
        IdeaListing.idea_id == Case.idea_id, IdeaListing.challenge_id == bindparam("challenge")
    )
    said = (
        select(Comment.id)
        .join(CommentThread, CommentThread.id == Comment.thread_id)
        .join(IdeaListing, IdeaListing.idea_id == CommentThread.idea_id)
        .where(Comment.id == Case.comment_id, IdeaListing.challenge_id == bindparam("challenge"))
    )
    return or_(listed.exists(), said.exists())


_taken = Case.claimed_at >= _value("tea", Case.claimed_at)
_WHOSE: dict[str, ColumnElement[bool]] = {
    MINE: and_(Case.claimed_by == _value("me", Case.claimed_by), _taken),
    FREE: or_(Case.claimed_by.is_(None), ~_taken),
    LATE: Case.due_at < _value("now", Case.due_at),
}
_TYPES = {
    IDEA: Case.idea_id.is_not(None),
    COMMENT: Case.comment_id.is_not(None),
    NAME: Case.person_id.is_not(None),
}
_kind = select(CaseReason.id).where(
    CaseReason.case_id == Case.id, CaseReason.kind == bindparam("kind")
)
_category = select(Report.id).where(
    Report.case_id == Case.id,
    Report.category == bindparam("category"),
    Report.decision_id.is_(None),
)
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "kind": _kind.exists(),
    "category": _category.exists(),
    "language": _in_language(),
    "challenge": _in_challenge(),
}


@cache
def _page(
    filters: tuple[str, ...], type_: str | None, whose: str | None, further: bool, most: int
) -> Any:
    """The statement of a page of this kind, built once.

    How many rows it gives is written in it: a plan for any number reads whole tables.
    """
    keys = select(Case.id).where(Case.closed_at.is_(None))
    for name in filters:
        keys = keys.where(_CONDITIONS[name])
    if type_ is not None:
        keys = keys.where(_TYPES[type_])
    if whose is not None:
        keys = keys.where(_WHOSE[whose])
    if further:
        here = tuple_(
            _value("urgency", Case.urgency), _value("due", Case.due_at), _value("last", Case.id)
        )
        keys = keys.where(tuple_(Case.urgency, Case.due_at, Case.id) > here)
    keys = keys.order_by(Case.urgency, Case.due_at, Case.id).limit(most)
    return _joined(keys.subquery("wanted"))


_some = _joined(
    select(Case.id)
    .where(Case.id.in_(bindparam("cases", type_=Case.id.type, expanding=True)))
    .subquery("wanted")
)


def page(filters: Filters, me: UUID, *, after: str | None = None, most: int = PAGE) -> Page:
    """A page of the queue for a moderator; raises ``pagination.BadCursor``."""
    now = clock.now()
    chosen = filters.chosen()
    whose = chosen.pop("whose", None)
    type_ = chosen.pop("type", None)
    values: dict[str, Any] = {**chosen}
    if whose is not None:
        tea = {"tea": now - CLAIM_LASTS}
        values |= {"now": now} if whose == LATE else tea | ({"me": me} if whose == MINE else {})
    if after is not None:
        values |= _place(after)
    statement = _page(tuple(sorted(chosen)), type_, whose, after is not None, most + 1)
    found = once(rows(statement, values, stays=not chosen and whose is None))
    more = len(found) > most
    found = found[:most]
    return Page(found, why([row.id for row in found]), cursor(found[-1]) if more else None)


def once(found: Sequence[AnyRow]) -> list[AnyRow]:
    """Each case once, with the newest of the words that wait."""
    return list({row.id: row for row in found}.values())


def some(keys: Collection[UUID]) -> list[AnyRow]:
    """The cases with these keys, open or not, in the queue's order."""
    return once(rows(_some, {"cases": list(keys)})) if keys else []


def cursor(row: Any) -> str:
    """The place of a case in the queue, for an address."""
    due = pagination.of_moment(row.due_at)
    return pagination.encode(row.urgency, due, *pagination.of_key(row.id))


def _place(after: str) -> dict[str, Any]:
    urgency, due, *last = pagination.decode(after, 2 + pagination.PARTS_OF_A_KEY)
    if not 0 <= urgency <= 2**15 - 1:
        raise pagination.BadCursor
    return {"urgency": urgency, "due": pagination.moment(due), "last": pagination.key(*last)}
