"""News is written when something happens, in the transaction of what happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.accounts.models import ADULT, RESIDENT, Person
from citizen_voice.comments.events import CommentPublished
from citizen_voice.comments.models import Comment
from citizen_voice.db import db, write
from citizen_voice.ideas.events import IdeaStaged
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.merging.events import IdeasMerged, IdeasParted
from citizen_voice.moderation.events import AppealDecided, Decided, Undone
from citizen_voice.moderation.models import KEEP
from citizen_voice.news.models import (
    APART,
    APPEALED,
    COMMENTED,
    DECIDED,
    FIRST,
    MERGED,
    REPLIED,
    STAGED,
    NewsItem,
)
from citizen_voice.news.services.items import take_back, tell
from citizen_voice.replies.events import IdeaReplied, ReplyTakenBack
from citizen_voice.replies.models import Reply

SLIP = timedelta(hours=1)
FRESH = timedelta(days=30)
"""How young an idea is whose first supporter is news."""
FEW = 20
"""So many supporters that the first of them is news no more."""
MOST_AT_ONCE = 200


def tell_of_reply(event: IdeaReplied) -> None:
    """The council replied; where that moved the ideas' stage, it is one happening."""
    actor = db.session.get_one(Reply, event.reply_id).author_id
    tell(
        NewsItem(
            kind=REPLIED,
            idea_id=idea_id,
            reply_id=event.reply_id,
            stage=event.stage,
            actor_id=actor,
        )
        for idea_id in event.idea_ids
    )


def forget_reply(event: ReplyTakenBack) -> None:
    """A reply counts as not given, so nobody hears of it."""
    take_back(NewsItem.reply_id == event.reply_id)


def tell_of_stage(event: IdeaStaged) -> None:
    """Staff moved an idea; a reply that did so tells of it itself."""
    if not event.by_reply:
        tell(
            [
                NewsItem(
                    kind=STAGED,
                    idea_id=event.idea_id,
                    stage=event.now,
                    change_id=event.change_id,
                    actor_id=event.actor,
                )
            ]
        )


def tell_of_merge(event: IdeasMerged) -> None:
    """An idea was joined with another one, whose author hears of it, too."""
    told = [NewsItem(kind=MERGED, idea_id=event.from_id, other_id=event.into_id)]
    both = select(Idea.id, Idea.author_id).where(Idea.id.in_((event.from_id, event.into_id)))
    authors = {row.id: row.author_id for row in db.session.execute(both)}
    author = authors[event.into_id]
    if author is not None and author != authors[event.from_id]:
        told.append(
            NewsItem(kind=MERGED, idea_id=event.into_id, other_id=event.from_id, person_id=author)
        )
    tell(told)


def tell_of_parting(event: IdeasParted) -> None:
    """Two ideas stand apart again. A slip that was mended within the hour is no news."""
    if clock.now() - event.merged_at > SLIP:
        tell([NewsItem(kind=APART, idea_id=event.from_id, other_id=event.into_id)])


def tell_of_decision(event: Decided) -> None:
    """A moderator decided about somebody's words or name: it concerns them alone.

    That all stays as it was is no news.
    """
    if event.person_id is not None and event.act != KEEP:
        tell(
            [
                NewsItem(
                    kind=DECIDED,
                    idea_id=event.idea_id,
                    pilot_id=event.pilot_id,
                    person_id=event.person_id,
                    decision_id=event.decision_id,
                )
            ]
        )


def forget_decision(event: Undone) -> None:
    """A decision was undone."""
    take_back(NewsItem.decision_id == event.decision_id)


def tell_of_appeal(event: AppealDecided) -> None:
    """Somebody else has looked at a decision again."""
    tell(
        [
            NewsItem(
                kind=APPEALED,
                idea_id=event.idea_id,
                pilot_id=event.pilot_id,
                person_id=event.person_id,
                decision_id=event.decision_id,
            )
        ]
    )


def tell_of_comment(event: CommentPublished) -> None:
    """Somebody talked about an idea, or replied: its author, and whom they reply to, hear of it."""
    whom = set()
    if event.idea_id is not None:
        whom.add(db.session.scalars(select(Idea.author_id).filter_by(id=event.idea_id)).one())
    above = select(Comment.parent_id).where(Comment.id == event.comment_id).scalar_subquery()
    replied_to = select(Comment.author_id).where(Comment.id == above, Comment.removed_at.is_(None))
    whom.update(db.session.scalars(replied_to))
    tell(
        NewsItem(
            kind=COMMENTED,
            idea_id=event.idea_id,
            pilot_id=event.pilot_id,
            comment_id=event.comment_id,
            person_id=person_id,
            actor_id=event.author_id,
        )
        for person_id in sorted(whom - {None, event.author_id}, key=str)
    )


def tell_of_first_supporters() -> int:
    """Tell the authors of young ideas, being adults, of their first supporter; gives how many.

    The worker looks for them: an answer is an act that tells nobody (ADR 13).
    """
    known = select(NewsItem.id).where(NewsItem.idea_id == Idea.id, NewsItem.kind == FIRST)
    found = (
        select(Idea.id, Idea.author_id)
        .join(IdeaListing, IdeaListing.idea_id == Idea.id)
        .join(Person, Person.id == Idea.author_id)
        .where(
            Idea.published_at > clock.now() - FRESH,
            IdeaListing.listed,
            IdeaListing.support.between(1, FEW),
            Person.kind == RESIDENT,
            Person.age_band == ADULT,
            ~known.exists(),
        )
        .order_by(Idea.id)
        .limit(MOST_AT_ONCE)
    )
    if db.session.execute(found).first() is None:
        return 0
    with write():
        ideas = db.session.execute(found).all()
        tell(NewsItem(kind=FIRST, idea_id=row.id, person_id=row.author_id) for row in ideas)
    return len(ideas)


def mark_seen(person_id: UUID, until: datetime) -> None:
    """Somebody has read their news, up to that moment; it is never marked unread again."""
    seen = min(until, clock.now())
    db.session.execute(
        update(Person)
        .where(
            Person.id == person_id,
            func.coalesce(Person.news_seen_at, Person.created_at) < seen,
        )
        .values(news_seen_at=seen)
    )


HANDLERS: tuple[tuple[type[Any], Callable[[Any], None]], ...] = (
    (IdeaReplied, tell_of_reply),
    (ReplyTakenBack, forget_reply),
    (IdeaStaged, tell_of_stage),
    (IdeasMerged, tell_of_merge),
    (IdeasParted, tell_of_parting),
    (Decided, tell_of_decision),
    (Undone, forget_decision),
    (AppealDecided, tell_of_appeal),
    (CommentPublished, tell_of_comment),
)
"""What news hears of: the kind of event, and what is done with it."""
