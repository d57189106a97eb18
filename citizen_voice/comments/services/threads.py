"""The row that a discussion hangs on: made once, held by whoever changes a figure."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db, dialect
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import Idea

_idea = select(Idea.id).where(Idea.id == bindparam("idea"))
_idea = _idea.with_for_update(read=True, key_share=True)
_unless_joined = _idea.with_for_update(read=True, key_share=True, skip_locked=True)
_said = (
    select(Comment, _unless_joined.scalar_subquery().label("idea"))
    .where(Comment.id == bindparam("comment"))
    .with_for_update(of=Comment)
)
"""A comment, held; and its idea, held too but where somebody joins it just now: then none."""


def of_idea(idea_id: int) -> CommentThread:
    """The thread of an idea, held; made where nobody has commented yet, however many do at once."""
    thread = _held(CommentThread.idea_id == idea_id)
    if thread is not None:
        return thread
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    db.session.execute(
        insert(CommentThread)
        .values(idea_id=idea_id)
        .on_conflict_do_nothing(index_elements=["idea_id"])
    )
    made = _held(CommentThread.idea_id == idea_id)
    if made is None:
        raise NotHere
    return made


def of_idea_with(idea_id: int) -> tuple[CommentThread, Any]:
    """The thread of an idea and the idea's ``standing``, both held; raises ``NotHere``.

    Who joins ideas holds them before their threads. So nobody waits for an idea with its thread in
    hand; and nobody queues for a thread with its idea in hand, or who joins a lively one would
    never have their turn.
    """
    while True:
        held = db.session.begin_nested()
        thread = _held(CommentThread.idea_id == idea_id)
        idea = None if thread is None else ideas.standing_if_free(idea_id)
        if thread is not None and idea is not None:
            held.commit()
            return thread, idea
        held.rollback()
        waited = db.session.begin_nested()
        idea = ideas.standing(idea_id, held=True)
        if thread is None:
            waited.commit()
            return of_idea(idea_id), idea
        waited.rollback()


def begin(pilot_id: int) -> None:
    """A pilot begins, and its discussion with it.

    Who comments holds no pilot: were the thread made by the first of them, they and who decides the
    pilot could wait for each other.
    """
    db.session.add(CommentThread(pilot_id=pilot_id))


def of_pilot(pilot_id: int) -> CommentThread:
    """The thread of a pilot, held; raises ``NotHere``."""
    thread = _held(CommentThread.pilot_id == pilot_id)
    if thread is None:
        raise NotHere
    return thread


def close(pilot_id: int) -> None:
    """A pilot takes no comments any more."""
    of_pilot(pilot_id).closed_at = clock.now()


def held_with(comment_id: UUID) -> tuple[CommentThread, Comment]:
    """A comment, its thread and its idea, held; raises ``NotHere``.

    The tidy holds comments without their threads, so the thread alone would not keep it away. When
    ideas are joined meanwhile the comment stands in another thread by then, which is held instead;
    the first is let go before, or two who do so would wait for each other. Who joins ideas holds
    them before their threads: while they do, the thread is let go and the idea waited for, and let
    go as well, since the comment may stand with another one by then.
    """
    while True:
        held = db.session.begin_nested()
        thread_id = db.session.execute(
            select(Comment.thread_id).where(Comment.id == comment_id)
        ).scalar_one_or_none()
        thread = None if thread_id is None else _held(CommentThread.id == thread_id)
        if thread is None:
            raise NotHere
        values = {"comment": comment_id, "idea": thread.idea_id}
        said, idea = db.session.execute(
            _said, values, execution_options={"populate_existing": True}
        ).one()
        if said.thread_id == thread.id and idea == thread.idea_id:
            held.commit()
            return thread, said
        held.rollback()
        if idea != values["idea"]:
            waited = db.session.begin_nested()
            db.session.execute(_idea, values)
            waited.rollback()


def _held(where: Any) -> CommentThread | None:
    return db.session.scalars(
        select(CommentThread).where(where).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()


def change(thread: CommentThread, comment: Comment, **values: Any) -> None:
    """Change what can be seen of a comment, and the figures with it. The thread is held."""
    before = comment.readable
    for name, value in values.items():
        setattr(comment, name, value)
    count(thread, comment, int(comment.readable) - int(before))
    comment.shown = comment.readable or comment.replies > 0


def count(thread: CommentThread, comment: Comment, more: int) -> None:
    """Count a comment that everybody can read now (1) or no longer (-1)."""
    if more == 0:
        return
    thread.published += more
    if comment.parent_id is not None:
        above = db.session.get_one(Comment, comment.parent_id)
        above.replies += more
        above.shown = above.readable or above.replies > 0
