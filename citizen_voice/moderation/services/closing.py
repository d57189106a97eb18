"""What waited and waits no more, since its author has thought again: no decision is needed."""

from datetime import timedelta

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.moderation import targets
from citizen_voice.moderation.models import (
    EDIT_WAITS,
    FLAGS,
    HELD,
    REPORT,
    Case,
    CaseReason,
    Report,
)
from citizen_voice.moderation.services.cases import Subject, note


def look_again(
    subject: Subject, *, held: bool, version: int, edit: int | None, seen: bool = True
) -> None:
    """Note that a thing is held, or that an edit of it waits, or take that back, as it is now.

    ``version`` is the one in force, ``edit`` the one that waits; not ``seen``: nobody will read it
    any more. What a machine noticed in words that are gone goes with them. A case without a reason
    closes by itself. The thing is locked.
    """
    if held:
        note(subject, HELD, version=version)
    if edit is not None:
        note(subject, EDIT_WAITS, version=edit)
    case = _open_case(subject)
    if case is None:
        return
    reasons = db.session.scalars(select(CaseReason).where(CaseReason.case_id == case.id)).all()
    moot = [
        reason
        for reason in reasons
        if (reason.kind == HELD and not held)
        or (reason.kind == EDIT_WAITS and edit is None)
        or (reason.kind in FLAGS and (not seen or (reason.version or 0) > (edit or version)))
    ]
    if not moot:
        return
    stays = [reason for reason in reasons if reason not in moot]
    if not stays:
        case.closed_at, case.claimed_by, case.claimed_at = clock.now(), None, None
        return
    for reason in moot:
        db.session.delete(reason)
    _set_clock(case, stays)


def _open_case(subject: Subject) -> Case | None:
    return db.session.scalars(
        select(Case)
        .where(
            getattr(Case, subject.column) == getattr(subject, subject.column),
            Case.closed_at.is_(None),
        )
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()


def _set_clock(case: Case, reasons: list[CaseReason]) -> None:
    """Have the case wait for the most urgent of the reasons that stay."""
    waits = [(reason.kind, reason.noted_at) for reason in reasons if reason.kind != REPORT]
    if len(waits) < len(reasons):
        made = select(Report.category, Report.made_at).where(
            Report.case_id == case.id, Report.decision_id.is_(None)
        )
        waits += [(row.category, row.made_at) for row in db.session.execute(made)]
    if not waits:
        return
    within: dict[str, timedelta] = {kind: targets.due_within(kind) for kind, _since in waits}
    case.due_at = min(since + within[kind] for kind, since in waits)
    case.urgency = min(targets.urgency_of(kind) for kind, _since in waits)
