"""Somebody's drafts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import Draft

_DRAFT = (
    Draft.id,
    Draft.title,
    Draft.body,
    Draft.language,
    Draft.challenge_id,
    Draft.topic_id,
    Draft.ward_id,
    Draft.revision,
    Draft.saved_at,
    Draft.ends_at,
    Challenge.slug,
    Challenge.question_en,
    Challenge.question_cy,
    Challenge.opens_at,
    Challenge.closes_at,
)
_drafts = select(*_DRAFT).select_from(Draft).outerjoin(Challenge)


def draft(person_id: UUID, draft_id: UUID) -> AnyRow:
    """One of a person's drafts with its challenge; raises ``NotHere``, for another's too."""
    row = db.session.execute(
        _drafts.where(
            Draft.id == draft_id, Draft.person_id == person_id, Draft.ends_at > clock.now()
        )
    ).one_or_none()
    if row is None:
        raise NotHere
    return row


def drafts(person_id: UUID) -> Sequence[AnyRow]:
    """All drafts of a person (there is a limit to how many), the last saved first."""
    return db.session.execute(
        _drafts.where(Draft.person_id == person_id, Draft.ends_at > clock.now()).order_by(
            Draft.saved_at.desc(), Draft.id
        )
    ).all()
