"""Opening cases, and noting why."""

from dataclasses import dataclass
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
from citizen_voice.moderation import targets
from citizen_voice.moderation.models import EDITED_AFTER_SUPPORT, Case, CaseReason

INSERTS: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about: one of an idea, a comment, or a person's name."""

    idea_id: int | None = None
    comment_id: UUID | None = None
    person_id: UUID | None = None

    @property
    def column(self) -> str:
        """The column of ``Case`` that it stands in."""
        if self.idea_id is not None:
            return "idea_id"
        return "comment_id" if self.comment_id is not None else "person_id"

    def values(self) -> dict[str, Any]:
        """Its column and value."""
        return {self.column: getattr(self, self.column)}


def look_at_late_edits(edited: IdeaEdited) -> None:
    """An idea that many support has new words: a moderator is to look at what changed."""
    support = db.session.execute(
        select(IdeaListing.support).where(IdeaListing.idea_id == edited.idea_id)
    ).scalar_one()
    if policies.is_well_supported(support):
        note(Subject(idea_id=edited.idea_id), EDITED_AFTER_SUPPORT, version=edited.version)


def note(
    subject: Subject,
    kind: str,
    *,
    version: int | None = None,
    detail: str = "",
    waits_for: str | None = None,
) -> UUID:
    """Note a reason in the open case about a thing, which is opened where there is none.

    A reason that stands there already is about the newer version from then on; it was noted when
    it was. ``waits_for`` is what its clock goes by where that is not its kind: the category of a
    report. ``detail`` is what a machine noticed. Inside the caller's transaction, after the thing
    itself is locked. Two who note at once share a case: the second waits for the first, since a
    thing has one open case at most. Gives the case's key.
    """
    now = clock.now()
    due = now + targets.due_within(waits_for or kind)
    urgency = targets.urgency_of(waits_for or kind)
    opening = INSERTS[dialect()](Case.__table__).values(
        id=new_key(), opened_at=now, due_at=due, urgency=urgency, **subject.values()
    )
    db.session.execute(opening.on_conflict_do_nothing())
    case = db.session.scalars(
        select(Case)
        .where(
            getattr(Case, subject.column) == getattr(subject, subject.column),
            Case.closed_at.is_(None),
        )
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).one()
    case.due_at, case.urgency = min(case.due_at, due), min(case.urgency, urgency)
    known = db.session.scalars(
        select(CaseReason).where(CaseReason.case_id == case.id, CaseReason.kind == kind).limit(1),
        execution_options={"populate_existing": True},
    ).first()
    if known is None:
        db.session.add(
            CaseReason(
                id=new_key(),
                case_id=case.id,
                kind=kind,
                version=version,
                detail=detail,
                noted_at=now,
            )
        )
    else:
        known.detail = detail or known.detail
        if version is not None:
            known.version = max(version, known.version or version)
    return case.id
