"""What is news to somebody: one statement, an idea never twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal, or_, select, union_all

from citizen_voice.accounts.models import Person
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import AnyRow, AnySelect, rows
from citizen_voice.ideas.models import PUBLISHED, Idea, IdeaListing, StageChange
from citizen_voice.merging.models import IdeaMerge, MergedAnswer
from citizen_voice.news.models import MERGED, NewsItem
from citizen_voice.replies.models import Reply
from citizen_voice.replies.queries import WORDS
from citizen_voice.web import pagination

PAGE = 50
LINES = 3
"""How many happenings of one idea are told."""
AUTHOR, SUPPORTER, COMMENTER = 0, 1, 2
"""How somebody took part; the first that is so counts."""

N = NewsItem
_ME = bindparam("person", type_=Person.id.type)
_AFTER = bindparam("after", type_=N.id.type)


@dataclass(frozen=True, slots=True)
class NewsPage:
    """Rows, those of one idea one after the other, the newest first; and where it goes on.

    ``took_part`` is ``AUTHOR``, ``SUPPORTER`` or ``COMMENTER``, ``line`` counts the happenings of
    an idea from 1, ``head`` is the key of its newest, ``seen_at`` until when the reader has read.
    ``seen_id`` is the idea where the reader may see it.
    """

    rows: Sequence[AnyRow]
    after: str | None


def page(person_id: UUID, after: str | None = None) -> NewsPage:
    """A page of somebody's news, from the top or ``after`` a head; raises ``BadCursor``."""
    values: dict[str, Any] = {"person": person_id}
    if after is not None:
        values["after"] = _key(after)
    found = rows(_statement(further=after is not None), values, stays=False)
    heads = [row.head for row in found if row.line == 1]
    if len(heads) <= PAGE:
        return NewsPage(found, None)
    shown = set(heads[:PAGE])
    return NewsPage([row for row in found if row.head in shown], str(heads[PAGE - 1]))


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise pagination.BadCursor from None


def _took_part() -> AnySelect:
    """The ideas that somebody proposed, supports or commented on, with those joined with others."""
    arms = (
        select(Idea.id.label("idea_id"), literal(AUTHOR).label("how")).where(Idea.author_id == _ME),
        select(Answer.idea_id, literal(SUPPORTER)).where(
            Answer.person_id == _ME, Answer.value == SUPPORT
        ),
        select(IdeaMerge.from_id, literal(SUPPORTER))
        .join(MergedAnswer, MergedAnswer.merge_id == IdeaMerge.id)
        .where(MergedAnswer.person_id == _ME, MergedAnswer.value == SUPPORT),
        select(CommentThread.idea_id, literal(COMMENTER))
        .join(Comment, Comment.thread_id == CommentThread.id)
        .where(Comment.author_id == _ME, Comment.removed_at.is_(None)),
        select(Comment.merged_from, literal(COMMENTER)).where(
            Comment.author_id == _ME,
            Comment.removed_at.is_(None),
            Comment.merged_from.is_not(None),
        ),
    )
    every = union_all(*arms).subquery()
    return select(every.c.idea_id, func.min(every.c.how).label("how")).group_by(every.c.idea_id)


def _still_joined() -> ColumnElement[bool]:
    """Whether the two ideas of a merge were not taken apart since."""
    one_way = and_(IdeaMerge.from_id == N.idea_id, IdeaMerge.into_id == N.other_id)
    other_way = and_(IdeaMerge.from_id == N.other_id, IdeaMerge.into_id == N.idea_id)
    return (
        select(IdeaMerge.id).where(IdeaMerge.undone_at.is_(None), or_(one_way, other_way)).exists()
    )


@cache
def _statement(*, further: bool) -> AnySelect:
    took_part = _took_part().cte("took_part")
    stands = and_(N.taken_back_at.is_(None), or_(N.kind != MERGED, _still_joined()))
    of_ideas = (
        select(N.id, took_part.c.how)
        .join(took_part, took_part.c.idea_id == N.idea_id)
        .join(Idea, Idea.id == N.idea_id)
        .where(
            stands,
            N.person_id.is_(None),
            or_(Idea.visibility == PUBLISHED, Idea.author_id == _ME),
        )
    )
    of_theirs = select(N.id, literal(AUTHOR)).where(stands, N.person_id == _ME)
    told = union_all(of_ideas, of_theirs).cte("told")
    newest: dict[str, Any] = {
        "partition_by": (
            case((N.person_id.is_(None), N.idea_id)),
            case((N.person_id.is_not(None), N.id)),
        ),
        "order_by": (N.at.desc(), N.id.desc()),
    }
    happened = (
        select(
            *N.__table__.columns,
            told.c.how.label("took_part"),
            func.row_number().over(**newest).label("line"),
            func.first_value(N.id, type_=N.id.type).over(**newest).label("head"),
        )
        .join(told, told.c.id == N.id)
        .cte("happened")
    )
    heads = select(happened.c.head, happened.c.at).where(happened.c.line == 1)
    if further:
        last = N.__table__.alias("last")
        at = select(last.c.at).where(last.c.id == _AFTER).scalar_subquery()
        before = or_(happened.c.at < at, and_(happened.c.at == at, happened.c.head < _AFTER))
        heads = heads.where(before)
    wanted = (
        heads.order_by(happened.c.at.desc(), happened.c.head.desc()).limit(PAGE + 1).cte("heads")
    )
    seen_at = (
        select(func.coalesce(Person.news_seen_at, Person.created_at))
        .where(Person.id == _ME)
        .scalar_subquery()
    )
    seen = or_(Idea.visibility == PUBLISHED, Idea.author_id == _ME)
    return (
        select(
            happened,
            case((seen, happened.c.idea_id)).label("seen_id"),
            IdeaListing.title,
            IdeaListing.language,
            IdeaListing.challenge_id,
            *WORDS,
            StageChange.reason_en.label("change_reason_en"),
            StageChange.reason_cy.label("change_reason_cy"),
            StageChange.next_on.label("change_next_on"),
            seen_at.label("seen_at"),
        )
        .select_from(wanted)
        .join(happened, happened.c.head == wanted.c.head)
        .outerjoin(IdeaListing, IdeaListing.idea_id == happened.c.idea_id)
        .outerjoin(Idea, Idea.id == happened.c.idea_id)
        .outerjoin(Reply, Reply.id == happened.c.reply_id)
        .outerjoin(StageChange, StageChange.id == happened.c.change_id)
        .where(happened.c.line <= LINES)
        .order_by(wanted.c.at.desc(), wanted.c.head.desc(), happened.c.line)
    )
