"""Opening cases, and noting why."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.db import db, dialect, new_key
from citizen_voice.ideas import policies
from citizen_voice.ideas.events import IdeaEdited
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.moderation.models import EDITED_AFTER_SUPPORT, Case, CaseReason

INSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def look_at_late_edits(edited: IdeaEdited) -> None:
    """An idea that many support has new words: a moderator is to look at what changed."""
    support = db.session.execute(
        select(IdeaListing.support).where(IdeaListing.idea_id == edited.idea_id)
    ).scalar_one()
    if policies.is_well_supported(support):
        note_about_idea(edited.idea_id, EDITED_AFTER_SUPPORT, version=edited.version)


def note_about_idea(idea_id: int, kind: str, *, version: int | None = None) -> UUID:
    """Note a reason in the open case about an idea, which is opened where there is none.

    A reason that stands there already is about the newer version from then on; it was noted when
    it was. Inside the caller's transaction. Two who note at once share a case: the second waits for
    the first, since a thing has one open case at most. Gives the case's key.
    """
    now = clock.now()
    opening = INSERTS[dialect()](Case.__table__).values(
        id=new_key(), idea_id=idea_id, opened_at=now, due_at=now
    )
    db.session.execute(opening.on_conflict_do_nothing())
    case_id = db.session.execute(
        select(Case.id).where(Case.idea_id == idea_id, Case.closed_at.is_(None)).with_for_update()
    ).scalar_one()
    known = db.session.scalars(
        select(CaseReason).where(CaseReason.case_id == case_id, CaseReason.kind == kind).limit(1),
        execution_options={"populate_existing": True},
    ).first()
    if known is None:
        db.session.add(
            CaseReason(id=new_key(), case_id=case_id, kind=kind, version=version, noted_at=now)
        )
    elif version is not None:
        known.version = max(version, known.version or version)
    return case_id
