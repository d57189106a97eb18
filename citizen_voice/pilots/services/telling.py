"""How it is going, and what changed because of somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, events
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.comments.policies import has_discussion
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.ideas import working_days
from citizen_voice.ideas.models import Idea
from citizen_voice.pilots import wording
from citizen_voice.pilots.events import (
    CommentThanked,
    PilotUpdated,
    ThanksTakenBack,
    UpdateTakenBack,
)
from citizen_voice.pilots.models import STATES, PilotPicture, PilotThanks, PilotUpdate
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.pilots.services.linking import linked
from citizen_voice.site import pictures
from citizen_voice.words import _

SENT_TWICE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Update:
    """How it is going: a state, a sentence, and the day of the next word.

    ``picture`` are the bytes of a file, ``alt_en`` and ``alt_cy`` say what is to be seen in it.
    """

    state: str
    words_en: str
    words_cy: str = ""
    next_on: date | None = None
    picture: bytes | None = None
    alt_en: str = ""
    alt_cy: str = ""


def say(pilot_id: int, update: Update, *, actor: UUID | None) -> int:
    """Post an update, which everybody reads; gives its number.

    The same, sent twice within ten minutes with nothing said in between, is one update.
    Raises ``Refusal`` at the field: no state, no words, a day that is no working day to come, a
    picture that cannot be read or that nobody describes.
    """
    pilot = held(pilot_id)
    if update.state not in STATES:
        raise Refusal(_("Choose how it is going."), field="state")
    given = {
        "words_en": update.words_en,
        "words_cy": update.words_cy,
        "alt_en": update.alt_en,
        "alt_cy": update.alt_cy,
    }
    said = wording.words(given, "words", 600, _("Say it in a sentence."))
    if update.next_on is None:
        raise Refusal(_("Say by which day people hear more."), field="next_on")
    next_on = working_days.promised(update.next_on)
    alt, digest = {"alt_en": "", "alt_cy": ""}, None
    if update.picture:
        alt = wording.line(given, "alt", 200, _("Say what can be seen in the picture."))
        digest = _kept(update.picture)
    row_said: dict[str, Any] = {**said, **alt, "state": update.state, "next_on": next_on}
    row_said["picture"] = digest
    newest = _newest(pilot_id)
    if newest is not None and newest.author_id == actor and _just_said(newest, row_said):
        return newest.id
    row = PilotUpdate(pilot_id=pilot_id, **row_said, author_id=actor, created_at=clock.now())
    db.session.add(row)
    pilot.next_on = next_on
    db.session.flush()  # the news refer to it
    record(f"pilot update: {update.state}", pilot_id, actor, row.words_en)
    events.publish(PilotUpdated(pilot_id, row.id))
    return row.id


def _newest(pilot_id: int) -> PilotUpdate | None:
    """The newest update of a pilot that was not taken back."""
    return db.session.scalars(
        select(PilotUpdate)
        .where(PilotUpdate.pilot_id == pilot_id, PilotUpdate.taken_back_at.is_(None))
        .order_by(PilotUpdate.id.desc())
        .limit(1)
    ).one_or_none()


def _just_said(row: PilotUpdate, given: Mapping[str, object]) -> bool:
    same = all(getattr(row, name) == value for name, value in given.items())
    return same and row.created_at > clock.now() - SENT_TWICE


def take_back(update_id: int, *, actor: UUID | None) -> None:
    """Undo an update: the day that is promised is the one before.

    Raises ``NotHere``, and ``Conflict`` for one that was taken back already.
    """
    found = db.session.get(PilotUpdate, update_id)
    if found is None:
        raise NotHere
    pilot = held(found.pilot_id)
    db.session.refresh(found)
    if found.taken_back_at is not None:
        raise Conflict(_("This update was taken back already."))
    found.taken_back_at = clock.now()
    db.session.flush()
    before = _newest(pilot.id)
    pilot.next_on = None if before is None else before.next_on
    record(f"pilot update {update_id} taken back", pilot.id, actor)
    events.publish(UpdateTakenBack(pilot.id, update_id))


def thank(
    pilot_id: int, comment_id: UUID, *, words_en: str, words_cy: str = "", actor: UUID | None
) -> int:
    """Say what changed in a trial because of a comment on it, or on one of its ideas.

    Gives the number of the thanks. Raises ``NotHere`` for a comment that nobody can read or that is
    about something else, ``Conflict`` for one that was thanked for already, and ``Refusal``.
    """
    held(pilot_id)
    said = wording.words(
        {"words_en": words_en, "words_cy": words_cy}, "words", wording.SENTENCE, WHAT_CHANGED
    )
    comment = db.session.get(Comment, comment_id)
    thread = None if comment is None else db.session.get(CommentThread, comment.thread_id)
    if comment is None or thread is None or not comment.readable:
        raise NotHere
    if thread.pilot_id != pilot_id and not _discussed(pilot_id, thread.idea_id):
        raise NotHere
    standing = select(PilotThanks.id).where(
        PilotThanks.pilot_id == pilot_id,
        PilotThanks.comment_id == comment_id,
        PilotThanks.taken_back_at.is_(None),
    )
    if db.session.execute(standing).first() is not None:
        raise Conflict(_("This comment was thanked for already."))
    row = PilotThanks(
        pilot_id=pilot_id,
        comment_id=comment_id,
        **said,
        author_id=actor,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()  # the news refer to it
    record("pilot thanks given", pilot_id, actor, f"{comment_id} {row.words_en}")
    events.publish(CommentThanked(pilot_id, row.id, comment.author_id))
    return row.id


def _discussed(pilot_id: int, idea_id: int | None) -> bool:
    """Whether a pilot tries an idea, and everybody reads what is said about it."""
    idea = db.session.get(Idea, idea_id) if idea_id in linked(pilot_id) else None
    return idea is not None and has_discussion(idea)


WHAT_CHANGED = _("Say what changed.")


def take_back_thanks(thanks_id: int, *, actor: UUID | None) -> None:
    """Undo them; raises ``NotHere``, ``Conflict``."""
    row = db.session.get(PilotThanks, thanks_id)
    if row is None:
        raise NotHere
    held(row.pilot_id, decided=True)
    db.session.refresh(row)
    if row.taken_back_at is not None:
        raise Conflict(_("These thanks were taken back already."))
    row.taken_back_at = clock.now()
    record(f"pilot thanks {thanks_id} taken back", row.pilot_id, actor)
    events.publish(ThanksTakenBack(thanks_id))


def _kept(content: bytes) -> str:
    """The digest of a picture that is kept, once however often it is sent."""
    made = pictures.photograph(content, field="picture")
    if db.session.get(PilotPicture, made.digest) is None:
        db.session.add(
            PilotPicture(
                digest=made.digest,
                kind=made.kind,
                content=made.content,
                width=made.width,
                height=made.height,
                added_at=clock.now(),
            )
        )
        db.session.flush()
    return made.digest
