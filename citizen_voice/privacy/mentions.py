"""Finding where a name stands in what others wrote, for a human to look at (UK GDPR Art 17).

A machine cannot tell whether "Ada" is the one who left, so it changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IdeaVersion
from citizen_voice.journal import services as journal
from citizen_voice.pilots.models import PilotUpdate
from citizen_voice.privacy.mention_models import ErasureMention as Mention
from citizen_voice.replies.models import IdeaReply, Reply

IDEA, COMMENT, REPLY, UPDATE = "idea", "comment", "reply", "update"
MOST, PAGE, AROUND = 1_000, 20, 80
"""How many places of one name are listed, and how many on a page; so much of a text is shown."""

_TEXTS: tuple[tuple[str, Any, Any, tuple[Any, ...]], ...] = (
    (IDEA, IdeaVersion.idea_id, IdeaVersion.number, (IdeaVersion.title, IdeaVersion.body)),
    (COMMENT, CommentVersion.comment_id, CommentVersion.number, (CommentVersion.body,)),
    (REPLY, Reply.id, None, (Reply.reason_en, Reply.reason_cy)),
    (UPDATE, PilotUpdate.id, None, (PilotUpdate.words_en, PilotUpdate.words_cy)),
)
"""A kind of text: what it is of, its version, its columns."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the officer sees it: the name between what stands around it.

    ``name`` is empty where the words have changed since, or are gone.
    """

    row: AnyRow
    before: str
    name: str
    after: str


def note_leaving(leaving: PersonLeaving) -> None:
    """Somebody leaves: list where their name stands. What goes with them is gone by now."""
    name = db.session.scalar(select(Person.display_name).where(Person.id == leaving.person_id))
    if name:
        now = clock.now()
        db.session.add_all(Mention(found_at=now, **place) for place in _places(name))


def waiting(*, after: int = 0) -> list[Place]:
    """The next places that nobody has looked at, one more than a page has; in one statement."""
    found = rows(_PLACES.where(Mention.looked_at.is_(None), Mention.id > after).limit(PAGE + 1))
    return [_shown(row) for row in found]


def every() -> Iterator[AnyRow]:
    """All places, looked at or not, some hundreds at a time, without any words."""
    last = 0
    while found := rows(_ALL.where(Mention.id > last).limit(500)):
        yield from found
        last = found[-1].id


def look_at(mention_id: int, *, actor: UUID) -> None:
    """Note that somebody has looked at a place. Raises ``NotHere``; to do it twice is fine."""
    found = db.session.get(Mention, mention_id, with_for_update=True)
    if found is None:
        raise NotHere
    if found.looked_at is not None:
        return
    found.looked_at, found.looked_by = clock.now(), actor
    journal.append(
        "mention looked at", actor=actor, subject=f"{found.kind} {found.number or found.comment_id}"
    )


def _places(name: str) -> Iterator[dict[str, Any]]:
    """Where a name stands as a word, at most ``MOST`` times."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    left = MOST
    for kind, of, version, parts in _TEXTS:
        versions = [] if version is None else [version.label("version")]
        statement = select(of.label("of"), *versions, *parts).where(
            or_(*(_may_hold(part, name) for part in parts))
        )
        for row in db.session.execute(statement, execution_options={"yield_per": 200}):
            key = "comment_id" if kind == COMMENT else "number"
            for part in parts:
                for match in pattern.finditer(getattr(row, part.key) or ""):
                    if not left:
                        return
                    left -= 1
                    yield {
                        "kind": kind,
                        key: row.of,
                        "part": part.key,
                        "version": getattr(row, "version", 0),
                        "begins": match.start(),
                        "ends": match.end(),
                    }


def _may_hold(part: Any, name: str) -> ColumnElement[bool]:
    """Whether a text may hold a name: SQLite knows of the capitals of plain letters alone."""
    pieces = re.findall(r"[A-Za-z0-9]+", name)
    found: ColumnElement[bool] = (
        part.icontains(max(pieces, key=len)) if pieces else part.contains(name, autoescape=True)
    )
    return found


def _shown(row: AnyRow) -> Place:
    text = getattr(row, f"{row.kind}_{row.part}") or ""
    if len(text) < row.ends:
        return Place(row, text[: 2 * AROUND], "", "")
    begin, end = max(0, row.begins - AROUND), row.ends + AROUND
    return Place(
        row,
        ("…" if begin else "") + text[begin : row.begins],
        text[row.begins : row.ends],
        text[row.ends : end] + ("…" if end < len(text) else ""),
    )


_of_reply = (
    select(func.min(IdeaReply.idea_id)).where(IdeaReply.reply_id == Reply.id).scalar_subquery()
)
_ALL = select(
    Mention.id,
    Mention.kind,
    func.coalesce(CommentThread.idea_id, Mention.number).label("number"),
    Mention.comment_id,
    Mention.version,
    Mention.found_at,
    Mention.looked_at,
).select_from(Mention)
_ALL = (
    _ALL.outerjoin(Comment, Comment.id == Mention.comment_id)
    .outerjoin(CommentThread, CommentThread.id == Comment.thread_id)
    .order_by(Mention.id)
)
_PLACES = (
    _ALL.add_columns(
        Mention.part,
        Mention.begins,
        Mention.ends,
        IdeaVersion.title.label("idea_title"),
        IdeaVersion.body.label("idea_body"),
        CommentVersion.body.label("comment_body"),
        CommentVersion.language.label("comment_language"),
        IdeaVersion.language.label("idea_language"),
        Reply.reason_en.label("reply_reason_en"),
        Reply.reason_cy.label("reply_reason_cy"),
        PilotUpdate.words_en.label("update_words_en"),
        PilotUpdate.words_cy.label("update_words_cy"),
        PilotUpdate.pilot_id,
        _of_reply.label("of_reply"),
    )
    .outerjoin(
        IdeaVersion,
        and_(
            Mention.kind == IDEA,
            IdeaVersion.idea_id == Mention.number,
            IdeaVersion.number == Mention.version,
        ),
    )
    .outerjoin(
        CommentVersion,
        and_(
            CommentVersion.comment_id == Mention.comment_id,
            CommentVersion.number == Mention.version,
        ),
    )
    .outerjoin(Reply, and_(Mention.kind == REPLY, Reply.id == Mention.number))
    .outerjoin(PilotUpdate, and_(Mention.kind == UPDATE, PilotUpdate.id == Mention.number))
)
