"""What everybody reads of a discussion, for files and programs."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, union_all

from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.comments.queries import PAGE, SHOWN, Replies, public_replies, with_words
from citizen_voice.db import AnyRow, AnySelect, Key, rows
from citizen_voice.errors import NotHere

C = Comment
FIRST_KEY = UUID(int=0)


def part(number: int, *, of_pilot: bool, after: UUID | None = None, size: int) -> Sequence[AnyRow]:
    """Some comments and replies on an idea, or on a pilot, the oldest first, in one statement."""
    values = {"number": number, "after": after or FIRST_KEY, "limit": size}
    return sorted(rows(_part(of_pilot=of_pilot), values), key=lambda row: row.id)


def with_replies(
    comment_id: UUID, *, after: UUID | None = None, size: int = PAGE
) -> tuple[AnyRow, Replies]:
    """A comment and some of the replies to it, the oldest first; raises ``NotHere``.

    In one statement. Who may see the comment is for ``policies.can_see``.
    """
    values: dict[str, Any] = {"parent": comment_id, "limit": size + 1}
    if after is not None:
        values["after"] = after
    found = sorted(rows(_with_replies(after=after is not None), values), key=lambda row: row.id)
    row = next((row for row in found if row.id == comment_id), None)
    if row is None:
        raise NotHere
    under = [row for row in found if row.parent_id == comment_id]
    return row, Replies(under[:size], under[size - 1].id if len(under) > size else None)


def _key(name: str) -> Any:
    return bindparam(name, type_=Key())


@cache
def _part(*, of_pilot: bool) -> AnySelect:
    whose = CommentThread.pilot_id if of_pilot else CommentThread.idea_id
    thread = select(CommentThread.id).where(whose == bindparam("number")).scalar_subquery()
    keys = select(C.id).where(C.thread_id == thread, SHOWN, _key("after") < C.id)
    return with_words(keys.order_by(C.id).limit(bindparam("limit")))


@cache
def _with_replies(*, after: bool) -> AnySelect:
    return with_words(union_all(select(C.id).where(C.id == _key("parent")), public_replies(after)))
