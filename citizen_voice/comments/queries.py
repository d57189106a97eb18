"""What is true of comments now: pages of a discussion, each in one statement of bounded cost."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments.former import FORMER_NUMBER
from citizen_voice.comments.models import COMMENT_IN_FORCE, Comment, CommentThread, CommentVersion
from citizen_voice.comments.policies import UNDO
from citizen_voice.db import AnyRow, AnySelect, Key, Moment, rows
from citizen_voice.errors import NotHere
from citizen_voice.web.pagination import BadCursor

NEWEST, OLDEST = "newest", "oldest"
ORDERS = (NEWEST, OLDEST)
FIRST, PAGE, FIRST_REPLIES = 5, 20, 3
LAST_KEY = UUID(int=2**128 - 1)
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

C = Comment
SHOWN: ColumnElement[Any] = literal_column("comments.shown")
_UNSHOWN: ColumnElement[Any] = literal_column("NOT comments.shown")
_REPLY_SHOWN: ColumnElement[Any] = literal_column("reply.shown")
"""The conditions as the indexes have them: SQLAlchemy writes a Boolean for SQLite as ``shown = 1``,
and SQLite does not see that this implies their ``WHERE shown``."""

_COLUMNS = (
    C.id,
    C.thread_id,
    C.parent_id,
    C.author_id,
    C.by_council,
    C.visibility,
    C.hidden_reason,
    C.merged_from,
    C.version,
    C.public_from,
    C.replies,
    C.shown,
    C.erased,
    C.created_at,
    C.edited_at,
    C.removed_at,
    CommentThread.idea_id,
    CommentThread.pilot_id,
    CommentThread.published.label("total"),
    CommentVersion.body,
    CommentVersion.language,
    Person.display_name.label("author"),
    Person.kind.label("author_kind"),
    FORMER_NUMBER,
)


@dataclass(frozen=True, slots=True)
class Discussion:
    """A page of a discussion: the comments, their first replies, and where the list goes on."""

    total: int
    tops: list[AnyRow]
    replies: dict[UUID, list[AnyRow]]
    after: UUID | None


@dataclass(frozen=True, slots=True)
class Replies:
    """A page of the replies to one comment, and where it goes on."""

    rows: list[AnyRow]
    after: UUID | None


def key(text: str) -> UUID:
    """The key that an address names; raises ``NotHere`` for what is none."""
    if not KEY.fullmatch(text):
        raise NotHere
    return UUID(text)


def cursor(text: str | None) -> UUID | None:
    """The comment after which a page begins; raises ``BadCursor`` for what is no key."""
    if not text:
        return None
    if not KEY.fullmatch(text):
        raise BadCursor
    return UUID(text)


def discussion(
    number: int,
    *,
    reader: UUID | None,
    of_pilot: bool = False,
    order: str = NEWEST,
    after: UUID | None = None,
    size: int = PAGE,
) -> Discussion:
    """Some comments on an idea, or on a pilot, with at most three replies each, in one statement.

    The reader also gets their own that others do not see: held, hidden, just taken away.
    """
    newest = order == NEWEST
    statement = _discussion(newest, after is not None, reader is not None, of_pilot=of_pilot)
    values: dict[str, Any] = {"number": number, "limit": size + 1, **_reader(reader)}
    if after is not None:
        values["after"] = after
    found = rows(statement, values)
    tops = sorted((row for row in found if row.parent_id is None), key=_by_key, reverse=newest)
    replies: dict[UUID, list[AnyRow]] = {}
    for row in sorted((row for row in found if row.parent_id is not None), key=_by_key):
        replies.setdefault(row.parent_id, []).append(row)
    shown = tops[:size]
    return Discussion(
        total=found[0].total if found else 0,
        tops=shown,
        replies=replies,
        after=shown[-1].id if len(tops) > size else None,
    )


def replies_to(comment_id: UUID, *, reader: UUID | None, after: UUID | None = None) -> Replies:
    """Some replies to a comment, the oldest first; the reader's own unseen ones on the first page.

    In one statement.
    """
    values: dict[str, Any] = {"parent": comment_id, "limit": PAGE + 1, **_reader(reader)}
    if after is not None:
        values["after"] = after
    statement = _replies(after is not None, reader is not None)
    found = sorted(rows(statement, values), key=_by_key)
    public = [row for row in found if row.shown]
    if len(public) <= PAGE:
        return Replies(found, None)
    last = public[PAGE - 1].id
    return Replies([row for row in found if row.id <= last or not row.shown], last)


def one(comment_id: UUID) -> tuple[AnyRow, AnyRow | None]:
    """A comment and, where it is a reply, the comment above it; raises ``NotHere``.

    Who may see it is for ``policies.can_see``.
    """
    found = {row.id: row for row in rows(_ONE, {"key": comment_id})}
    if comment_id not in found:
        raise NotHere
    row = found[comment_id]
    return row, None if row.parent_id is None else found[row.parent_id]


def _by_key(row: AnyRow) -> UUID:
    key_: UUID = row.id
    return key_


def _reader(reader: UUID | None) -> dict[str, Any]:
    return {} if reader is None else {"reader": reader, "since": clock.now() - UNDO}


def _key(name: str) -> Any:
    return bindparam(name, type_=Key())


def _own() -> ColumnElement[bool]:
    """The reader's own that others do not see."""
    since: Any = bindparam("since", type_=Moment())
    still: list[ColumnElement[bool]] = [C.removed_at.is_(None), C.removed_at > since]
    return and_(C.author_id == _key("reader"), _UNSHOWN, or_(*still))


@cache
def _discussion(newest: bool, after: bool, reader: bool, *, of_pilot: bool = False) -> AnySelect:
    """The statement of a page of this kind. Built once: that takes longer than running it."""
    whose = CommentThread.pilot_id if of_pilot else CommentThread.idea_id
    thread = select(CommentThread.id).where(whose == bindparam("number")).scalar_subquery()
    limit: Any = bindparam("limit")
    beyond = []
    if after:
        beyond.append(_key("after") > C.id if newest else _key("after") < C.id)

    def stretch(*where: ColumnElement[Any]) -> Any:
        return select(
            select(C.id)
            .where(C.thread_id == thread, C.parent_id.is_(None), *where, *beyond)
            .order_by(C.id.desc() if newest else C.id)
            .limit(limit)
            .subquery()
        )

    if reader:
        both = union_all(stretch(SHOWN), stretch(_own())).subquery()
        direction = both.c.id.desc() if newest else both.c.id
        tops = select(both.c.id).order_by(direction).limit(limit).cte("tops")
    else:
        tops = stretch(SHOWN).cte("tops")
    reply = aliased(Comment, name="reply")
    third = (
        select(reply.id)
        .where(reply.parent_id == tops.c.id, _REPLY_SHOWN)
        .order_by(reply.id)
        .limit(1)
        .offset(FIRST_REPLIES - 1)
        .scalar_subquery()
    )
    last: Any = func.coalesce(third, bindparam("last", LAST_KEY, type_=Key()))
    parts = [
        select(tops.c.id),
        select(C.id).select_from(tops).join(C, and_(C.parent_id == tops.c.id, SHOWN, C.id <= last)),
    ]
    if reader:
        parts.append(
            select(
                select(C.id)
                .where(C.thread_id == thread, C.parent_id.in_(select(tops.c.id)), _own())
                .order_by(C.id)
                .limit(PAGE)
                .subquery()
            )
        )
    return with_words(union_all(*parts))


def public_replies(after: bool) -> Any:
    """The keys of the replies to ``parent`` that everybody sees; ``after`` another or the first."""
    beyond = [_key("after") < C.id] if after else []
    public = select(C.id).where(C.parent_id == _key("parent"), SHOWN, *beyond)
    return select(public.order_by(C.id).limit(bindparam("limit")).subquery())


@cache
def _replies(after: bool, reader: bool) -> AnySelect:
    under = C.parent_id == _key("parent")
    parts: list[Any] = [public_replies(after)]
    if reader and not after:
        thread = select(C.thread_id).where(C.id == _key("parent")).scalar_subquery()
        own = select(C.id).where(C.thread_id == thread, under, _own()).limit(PAGE)
        parts.append(select(own.subquery()))
    return with_words(union_all(*parts))


def with_words(keys: Any) -> AnySelect:
    """The comments that have these keys, with everything that is shown of them."""
    wanted = keys.subquery("wanted")
    return (
        select(*_COLUMNS)
        .select_from(wanted)
        .join(C, C.id == wanted.c.id)
        .join(CommentThread, CommentThread.id == C.thread_id)
        .join(CommentVersion, COMMENT_IN_FORCE)
        .outerjoin(Person, Person.id == C.author_id)
    )


_ONE = with_words(
    union_all(
        select(C.id).where(C.id == _key("key")),
        select(C.parent_id).where(C.id == _key("key"), C.parent_id.is_not(None)),
    )
)
