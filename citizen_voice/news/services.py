"""News is written when something happens, in the transaction of what happens."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, new_key
from citizen_voice.ideas.events import IdeaStaged
from citizen_voice.ideas.models import Idea
from citizen_voice.merging.events import IdeasMerged, IdeasParted
from citizen_voice.moderation.events import AppealDecided, Decided, Undone
from citizen_voice.moderation.models import KEEP
from citizen_voice.news.models import APART, APPEALED, DECIDED, MERGED, REPLIED, STAGED, NewsItem
from citizen_voice.replies.events import IdeaReplied, ReplyTakenBack

SLIP = timedelta(hours=1)


def tell_of_reply(event: IdeaReplied) -> None:
    """The council replied; where that moved the ideas' stage, it is one happening."""
    _tell(
        NewsItem(kind=REPLIED, idea_id=idea_id, reply_id=event.reply_id, stage=event.stage)
        for idea_id in event.idea_ids
    )


def forget_reply(event: ReplyTakenBack) -> None:
    """A reply counts as not given, so nobody hears of it."""
    _take_back(NewsItem.reply_id == event.reply_id)


def tell_of_stage(event: IdeaStaged) -> None:
    """Staff moved an idea; a reply that did so tells of it itself."""
    if not event.by_reply:
        _tell(
            [
                NewsItem(
                    kind=STAGED,
                    idea_id=event.idea_id,
                    stage=event.now,
                    change_id=event.change_id,
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
    _tell(told)


def tell_of_parting(event: IdeasParted) -> None:
    """Two ideas stand apart again. A slip that was mended within the hour is no news."""
    if clock.now() - event.merged_at > SLIP:
        _tell([NewsItem(kind=APART, idea_id=event.from_id, other_id=event.into_id)])


def tell_of_decision(event: Decided) -> None:
    """A moderator decided about somebody's words or name: it concerns them alone.

    That all stays as it was is no news.
    """
    if event.person_id is not None and event.act != KEEP:
        _tell(
            [
                NewsItem(
                    kind=DECIDED,
                    idea_id=event.idea_id,
                    person_id=event.person_id,
                    decision_id=event.decision_id,
                )
            ]
        )


def forget_decision(event: Undone) -> None:
    """A decision was undone."""
    _take_back(NewsItem.decision_id == event.decision_id)


def tell_of_appeal(event: AppealDecided) -> None:
    """Somebody else has looked at a decision again."""
    _tell(
        [
            NewsItem(
                kind=APPEALED,
                idea_id=event.idea_id,
                person_id=event.person_id,
                decision_id=event.decision_id,
            )
        ]
    )


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


def _tell(items: Iterable[NewsItem]) -> None:
    db.session.flush()  # what the news refers to comes first
    now = clock.now()
    for item in items:
        item.id, item.at = new_key(), now
        db.session.add(item)


def _take_back(which: Any) -> None:
    db.session.flush()  # what was told in the same act is among them
    keys = select(NewsItem.id).where(which, NewsItem.taken_back_at.is_(None))
    db.session.execute(
        update(NewsItem).where(NewsItem.id.in_(keys)).values(taken_back_at=clock.now()),
        execution_options={"synchronize_session": False},
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
)
"""What news hears of: the kind of event, and what is done with it."""
