"""What a case is about: the idea, the comment or the name, as a decision needs it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.db import db
from citizen_voice.errors import Busy, NotHere
from citizen_voice.ideas.models import Idea, IdeaVersion
from citizen_voice.moderation.models import Case

IDEA, COMMENT, NAME = "idea", "comment", "name"


def kind_of(case: Any) -> str:
    """Whether a case (or a row that has what it is about) is about an idea, a comment or a name."""
    if case.idea_id is not None:
        return IDEA
    return COMMENT if case.comment_id is not None else NAME


@dataclass(frozen=True, slots=True)
class Thing:
    """``row`` is the model's row, locked: an ``Idea``, a ``Comment`` or a ``Person``.

    ``waiting`` is the number of a version that waits, ``mark`` changes with every change of the
    words that a moderator reads. ``idea_id`` and ``pilot_id`` say what a comment is on. ``author``
    is the row of who wrote it, where somebody did.
    """

    kind: str
    row: Any
    author_id: UUID | None
    idea_id: int | None
    pilot_id: int | None
    version: int | None
    waiting: int | None
    mark: str
    author: Person | None = None

    @property
    def subject(self) -> str:
        """As the journal names it."""
        return f"idea CV-{self.row.id}" if self.kind == IDEA else f"{self.kind} {self.row.id}"


def lock(
    cases: Sequence[Case], *, persons: bool = False, further: Iterable[int] = ()
) -> dict[UUID, Thing]:
    """The things of some cases, by the cases' keys, locked in the one order.

    That is: people (where ``persons``), ideas (with ``further`` ones), threads, comments; each by
    their keys. Raises ``NotHere`` where one is gone.
    """
    return _find(cases, persons=persons, further=further, hold=True)


def look(cases: Sequence[Case]) -> dict[UUID, Thing]:
    """The same for a page that is read: nothing is locked."""
    return _find(cases, persons=False, further=(), hold=False)


def _find(
    cases: Sequence[Case], *, persons: bool, further: Iterable[int], hold: bool
) -> dict[UUID, Thing]:
    ideas = {case.idea_id for case in cases if case.idea_id is not None} | set(further)
    said = [case.comment_id for case in cases if case.comment_id is not None]
    names = {case.person_id for case in cases if case.person_id is not None}
    if persons:
        names |= _authors(ideas, said)
    people = {row.id: row for row in _rows(Person, names, hold=hold)}
    threads = {
        row.id: row.thread_id
        for row in db.session.execute(
            select(Comment.id, Comment.thread_id).where(Comment.id.in_(said))
        )
    }
    found_ideas = {row.id: row for row in _rows(Idea, ideas, hold=hold)}
    found_threads = {row.id: row for row in _rows(CommentThread, set(threads.values()), hold=hold)}
    found_comments = {row.id: row for row in _rows(Comment, set(said), hold=hold)}
    things = {}
    for case in cases:
        row: Any
        if case.idea_id is not None:
            row = found_ideas.get(case.idea_id)
            things[case.id] = _idea(row)
        elif case.comment_id is not None:
            row = found_comments.get(case.comment_id)
            things[case.id] = _comment(row, found_threads)
        else:
            row = people.get(case.person_id)
            things[case.id] = _name(row)
    wrote = {thing.author_id for thing in things.values() if thing.author_id is not None}
    people |= {row.id: row for row in _rows(Person, wrote - people.keys(), hold=False)}
    return {
        key: replace(thing, author=None if thing.author_id is None else people[thing.author_id])
        for key, thing in things.items()
    }


def _rows(model: Any, keys: Any, *, hold: bool) -> Sequence[Any]:
    if not keys:
        return []
    wanted = select(model).where(model.id.in_(keys)).order_by(model.id)
    return db.session.scalars(
        wanted.with_for_update() if hold else wanted,
        execution_options={"populate_existing": True},
    ).all()


def _authors(ideas: Any, said: Any) -> set[UUID]:
    of_ideas = select(Idea.author_id).where(Idea.id.in_(ideas))
    of_comments = select(Comment.author_id).where(Comment.id.in_(said))
    return {
        key
        for statement in (of_ideas, of_comments)
        for key in db.session.scalars(statement)
        if key is not None
    }


def _idea(row: Idea | None) -> Thing:
    if row is None:
        raise NotHere
    waiting = _waiting(IdeaVersion, IdeaVersion.idea_id, row)
    mark = _mark(row.version, waiting)
    number = None if waiting is None else waiting.number
    return Thing(IDEA, row, row.author_id, row.id, None, row.version, number, mark)


def _comment(row: Comment | None, threads: dict[int, CommentThread]) -> Thing:
    if row is None:
        raise NotHere
    if row.thread_id not in threads:  # its idea was joined with another one in this instant
        raise Busy
    waiting = _waiting(CommentVersion, CommentVersion.comment_id, row)
    mark = _mark(row.version, waiting, removed=row.removed_at is not None)
    number = None if waiting is None else waiting.number
    of = threads[row.thread_id]
    return Thing(COMMENT, row, row.author_id, of.idea_id, of.pilot_id, row.version, number, mark)


def _name(row: Person | None) -> Thing:
    if row is None:
        raise NotHere
    return Thing(NAME, row, row.id, None, None, None, None, row.display_name or "")


def _waiting(model: Any, owner: Any, row: Any) -> Any:
    return db.session.scalars(
        select(model).where(owner == row.id, model.number > row.version).limit(1)
    ).first()


def mark(
    version: int, waiting: int | None, since: datetime | None, *, removed: bool = False
) -> str:
    """Which words a moderator reads: a number can be used again, its moment is not."""
    parts = [str(version)]
    if waiting is not None and since is not None:
        parts.append(f"{waiting}@{since.isoformat()}")
    if removed:
        parts.append("gone")
    return "+".join(parts)


def _mark(version: int, waiting: Any, *, removed: bool = False) -> str:
    if waiting is None:
        return mark(version, None, None, removed=removed)
    return mark(version, waiting.number, waiting.created_at, removed=removed)


def mark_of(case: Case) -> str:
    """The mark of a case's words as they stand now, to be carried by the form of a decision."""
    return look([case])[case.id].mark
