"""Taking ideas apart again that were joined, and forgetting what that needs when it is over."""

from uuid import UUID

from sqlalchemy import exists, or_, select

from citizen_voice import clock, events
from citizen_voice.accounts import standstill
from citizen_voice.answers import figures
from citizen_voice.comments import services as comments
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import WITHDRAWN, Idea, IdeaVersion
from citizen_voice.journal import services as journal
from citizen_voice.merging import carrying, lively
from citizen_voice.merging.events import IdeasParted
from citizen_voice.merging.models import IdeaMerge
from citizen_voice.merging.queries import UNDO, gathered
from citizen_voice.merging.services.joining import held
from citizen_voice.words import _


def unmerge(merge_id: int, *, actor: UUID | None) -> None:
    """Take two joined ideas apart, within six months: both stand as before.

    Answers return as they were. What a person has changed or taken back on the survivor since stays
    so there, and their answer to the other idea returns all the same. Comments go back to where
    they were written, and replies written since go with them. Who has left meanwhile does not come
    back. Where nobody did anything since, every row and every figure is as before.

    Of several merges of an idea the newest is undone first. Raises ``NotHere``, and ``NotAllowed``
    where it is undone already, is not the newest, or is too old.
    """
    standstill.call()
    row = db.session.get(IdeaMerge, merge_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotHere
    _refuse(row)
    source, _into = held(row.from_id, row.into_id)
    comments.part(row.from_id, row.into_id, {row.from_id} | gathered(row.from_id))
    carrying.hold(row.from_id, row.into_id)
    carrying.give_back(row)
    figures.recount([row.from_id, row.into_id])
    lively.give_back(row)
    now = clock.now()
    source.stage, source.staged_at = row.stage_before, row.staged_before
    if not _has_words(source):
        source.stage, source.staged_at, source.withdrawn_at = WITHDRAWN, now, now
    row.undone_by, row.undone_at = actor, now
    ideas.relist(source)
    journal.append(
        f"idea taken apart from CV-{row.into_id}", actor=actor, subject=f"idea CV-{row.from_id}"
    )
    events.publish(IdeasParted(row.from_id, row.into_id, row.merged_at))


def _refuse(row: IdeaMerge) -> None:
    if row.undone_at is not None:
        raise NotAllowed(_("These ideas were taken apart already."))
    if clock.now() >= row.merged_at + UNDO:
        raise NotAllowed(
            _("These ideas were joined more than six months ago, so they stay joined.")
        )
    both = [row.from_id, row.into_id]
    newer = exists().where(
        IdeaMerge.id > row.id,
        IdeaMerge.undone_at.is_(None),
        or_(IdeaMerge.from_id.in_(both), IdeaMerge.into_id.in_(both)),
    )
    if db.session.execute(select(newer)).scalar_one():
        raise NotAllowed(
            _("One of these ideas was joined with another one since. Take those apart first.")
        )


def _has_words(idea: Idea) -> bool:
    """Whether it has: its author may have left and taken them along meanwhile."""
    version = db.session.get_one(IdeaVersion, (idea.id, idea.version), populate_existing=True)
    return bool(version.title)
