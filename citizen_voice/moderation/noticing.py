"""What moderation hears of ideas and comments, and what it makes of it.

Nothing here hides anything: it is noted that something waits, or that something stands out. To
publish something ordinary costs three statements more.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import and_, case, func, select, update

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.comments.events import (
    CommentEdited,
    CommentPublished,
    CommentRethought,
    CommentWaits,
)
from citizen_voice.comments.models import HELD as COMMENT_HELD
from citizen_voice.comments.models import Comment, CommentVersion
from citizen_voice.comments.services.writing import edit_that_waits as comment_edit
from citizen_voice.db import AnyRow, db, new_key
from citizen_voice.ideas.events import IdeaEdited, IdeaPublished, IdeaRethought, IdeaWaits
from citizen_voice.ideas.models import HELD as IDEA_HELD
from citizen_voice.ideas.models import OPEN, PUBLISHED, Idea, IdeaVersion
from citizen_voice.ideas.services.proposing import edit_that_waits as idea_edit
from citizen_voice.moderation import flags, receipts, report_letters
from citizen_voice.moderation.events import Decided, Undone
from citizen_voice.moderation.models import (
    EDIT_WAITS,
    HELD,
    REPEATED,
    Case,
    Decision,
    Report,
    WatchedWords,
    WordMark,
)
from citizen_voice.moderation.services.cases import Subject, note
from citizen_voice.moderation.services.closing import look_again
from citizen_voice.outbox import services as outbox
from citizen_voice.site import queries as site
from citizen_voice.web.filters import say
from citizen_voice.words import force_locale

REMEMBERED = timedelta(days=30)
"""How long words are remembered, so that the same ones are noticed."""
OFTEN = 3
"""So many times the same words by one author are noticed."""


def idea_waits(told: IdeaWaits) -> None:
    """A new idea waits for a moderator."""
    note(Subject(idea_id=told.idea_id), HELD, version=1)
    _look_at_idea(told.idea_id, 1, told.author_id)


def idea_published(told: IdeaPublished) -> None:
    """An idea can be read by everybody; where it waited, its words were looked at by then."""
    _look_at_idea(told.idea_id, db.session.get_one(Idea, told.idea_id).version, told.author_id)


def idea_edited(told: IdeaEdited) -> None:
    """An idea has new words, in force or waiting."""
    idea = db.session.get_one(Idea, told.idea_id)
    if told.version > idea.version:
        note(Subject(idea_id=idea.id), EDIT_WAITS, version=told.version)
    _look_at_idea(idea.id, told.version, idea.author_id)


def idea_rethought(told: IdeaRethought) -> None:
    """An author took an idea back, or brought it back, or gave it its old words again."""
    idea = db.session.get_one(Idea, told.idea_id)
    held = idea.visibility == IDEA_HELD
    waiting = idea_edit(idea)
    shown = idea.stage == OPEN and idea.visibility == PUBLISHED
    look_again(
        Subject(idea_id=idea.id),
        held=held and idea.stage == OPEN,
        version=idea.version,
        edit=waiting.number if waiting is not None and shown else None,
        seen=not held or idea.stage == OPEN,
    )


def comment_waits(told: CommentWaits) -> None:
    """A new comment waits for a moderator."""
    note(Subject(comment_id=told.comment_id), HELD, version=1)
    _look_at_comment(told.comment_id, 1, told.author_id)


def comment_published(told: CommentPublished) -> None:
    """A comment can be read by everybody; where it waited, its words were looked at by then."""
    said = db.session.get_one(Comment, told.comment_id)
    if not said.by_council:
        _look_at_comment(said.id, said.version, told.author_id)


def comment_edited(told: CommentEdited) -> None:
    """A comment has new words, in force or waiting."""
    if told.waits:
        note(Subject(comment_id=told.comment_id), EDIT_WAITS, version=told.version)
    said = db.session.get_one(Comment, told.comment_id)
    if not said.by_council:
        _look_at_comment(said.id, told.version, said.author_id)


def comment_rethought(told: CommentRethought) -> None:
    """An author took a comment away, or put it back, or gave it its old words again."""
    said = db.session.get_one(Comment, told.comment_id)
    held, there = said.visibility == COMMENT_HELD, said.removed_at is None
    waiting = comment_edit(said)
    shown = there and said.visibility == PUBLISHED
    look_again(
        Subject(comment_id=said.id),
        held=held and there,
        version=said.version,
        edit=waiting.number if waiting is not None and shown else None,
        seen=not held or there,
    )


def decided(told: Decided) -> None:
    """Whoever reported it and left an address gets a letter."""
    for row in _reporters(Report.decision_id == told.decision_id):
        _write_to(row, report_letters.decided)


def undone(told: Undone) -> None:
    """The same once a decision holds no more. The reports wait again, so the case names them."""
    of = select(Decision.case_id).where(Decision.id == told.decision_id).scalar_subquery()
    for row in _reporters(Report.case_id == of):
        _write_to(row, report_letters.changed)


def forget_leaving(told: PersonLeaving) -> None:
    """Somebody leaves: that words are said again is not told of them any more."""
    marks = update(WordMark).where(WordMark.author_id == told.person_id)
    db.session.execute(marks.values(author_id=None))


HANDLERS: tuple[tuple[type, Any], ...] = (
    (IdeaWaits, idea_waits),
    (IdeaPublished, idea_published),
    (IdeaEdited, idea_edited),
    (IdeaRethought, idea_rethought),
    (CommentWaits, comment_waits),
    (CommentPublished, comment_published),
    (CommentEdited, comment_edited),
    (CommentRethought, comment_rethought),
    (Decided, decided),
    (Undone, undone),
    (PersonLeaving, forget_leaving),
)
"""What is heard of: an event, and what hears it."""


def _look_at_idea(idea_id: int, number: int, author_id: UUID | None) -> None:
    row = db.session.execute(
        select(IdeaVersion.title, IdeaVersion.body, WatchedWords.words)
        .outerjoin(WatchedWords, WatchedWords.language == IdeaVersion.language)
        .where(IdeaVersion.idea_id == idea_id, IdeaVersion.number == number)
    ).one()
    _look(
        Subject(idea_id=idea_id),
        f"idea CV-{idea_id}",
        f"{row.title}\n{row.body}",
        row.words,
        number,
        author_id,
    )


def _look_at_comment(comment_id: UUID, number: int, author_id: UUID | None) -> None:
    row = db.session.execute(
        select(CommentVersion.body, WatchedWords.words)
        .outerjoin(WatchedWords, WatchedWords.language == CommentVersion.language)
        .where(CommentVersion.comment_id == comment_id, CommentVersion.number == number)
    ).one()
    thing = f"comment {comment_id}"
    _look(Subject(comment_id=comment_id), thing, row.body, row.words, number, author_id)


def _look(
    subject: Subject,
    thing: str,
    text: str,
    watched: str | None,
    number: int,
    author_id: UUID | None,
) -> None:
    mark, now = flags.mark_of(text), clock.now()
    same = _said_before(mark, thing, author_id)
    if same.here:  # these words were looked at when they waited, or before they were edited
        return
    db.session.add(WordMark(id=new_key(), mark=mark, thing=thing, author_id=author_id, said_at=now))
    found = flags.noticed(text, watched or "")
    if same.own + 1 >= OFTEN or (same.others and flags.is_telling(text)):
        found[REPEATED] = str(same.own + same.others + 1)
    for kind, detail in found.items():
        note(subject, kind, version=number, detail=detail)


def _said_before(mark: bytes, thing: str, author_id: UUID | None) -> AnyRow:
    """In how many other things the same words stand, by this author and by others; and in this."""
    elsewhere = WordMark.thing != thing
    theirs = WordMark.author_id.is_not_distinct_from(author_id)
    return db.session.execute(
        select(
            func.coalesce(func.sum(case((and_(elsewhere, theirs), 1), else_=0)), 0).label("own"),
            func.coalesce(func.sum(case((and_(elsewhere, ~theirs), 1), else_=0)), 0).label(
                "others"
            ),
            func.coalesce(func.sum(case((elsewhere, 0), else_=1)), 0).label("here"),
        ).where(WordMark.mark == mark, WordMark.said_at > clock.now() - REMEMBERED)
    ).one()


def _reporters(where: Any) -> list[AnyRow]:
    return list(
        db.session.execute(
            select(Report.id, Report.receipt_hash, Report.email, Report.language)
            .join(Case, Case.id == Report.case_id)
            .where(where, Report.email.is_not(None))
        )
    )


def _write_to(row: AnyRow, letter: Any) -> None:
    receipt = receipts.of(row.id)
    if receipts.hashed(receipt) != row.receipt_hash:  # the site's secret was changed since
        return
    prefix = "/cy" if row.language == "cy" else ""
    link = f"{current_app.config['BASE_URL']}{prefix}/reports/{receipt}"
    with force_locale(row.language):
        made = letter(receipt, link, say(site.settings(), "name").text)
    outbox.enqueue(
        kind="report",
        to=row.email,
        subject=made.subject,
        body=made.body,
        language=row.language,
    )
