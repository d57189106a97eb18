"""What a case is about, and what a decision rests on: joined in one way wherever they are read."""

from sqlalchemy import and_, func

from citizen_voice.comments.models import COMMENT_IN_FORCE, Comment, CommentThread, CommentVersion
from citizen_voice.db import AnySelect
from citizen_voice.moderation.models import Appeal, Case, Decision, Ground
from citizen_voice.pilots.models import Pilot

ABOUT = func.coalesce(Case.idea_id, CommentThread.idea_id)
"""The idea that a case is about, or that its comment is on (needs ``with_comment``)."""

OF_THREAD = and_(Pilot.id == CommentThread.pilot_id, Pilot.cancelled_at.is_(None))
"""Joins the pilot that a thread is about; one that was cancelled is named nowhere."""

PILOT = (
    Pilot.id.label("pilot_id"),
    Pilot.title_en.label("pilot_en"),
    Pilot.title_cy.label("pilot_cy"),
)
"""The pilot that its comment is on (needs ``with_comment``)."""

GROUND_AND_APPEAL = (
    Ground.name_en,
    Ground.name_cy,
    Appeal.id.label("appeal_id"),
    Appeal.made_at.label("appealed_at"),
    Appeal.words.label("appeal_words"),
    Appeal.language.label("appeal_language"),
    Appeal.outcome,
    Appeal.reason,
    Appeal.decided_at.label("answered_at"),
)


def with_comment(cases: AnySelect) -> AnySelect:
    """Cases, with the comment that they are about, its thread, pilot, and words in force."""
    return (
        cases.outerjoin(Comment, Comment.id == Case.comment_id)
        .outerjoin(CommentThread, CommentThread.id == Comment.thread_id)
        .outerjoin(CommentVersion, COMMENT_IN_FORCE)
        .outerjoin(Pilot, OF_THREAD)
    )


def with_ground_and_appeal(decisions: AnySelect) -> AnySelect:
    """Decisions, with the rule that they rest on and what came of asking somebody else to look."""
    return decisions.outerjoin(Ground, Ground.id == Decision.ground_id).outerjoin(
        Appeal, Appeal.decision_id == Decision.id
    )
