"""People who answer at moments of the test's choice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import services
from citizen_voice.answers.models import NAMES, Answer
from citizen_voice.db import db

NOW = datetime.now(UTC)


def said(idea_id: int, person: UUID, value: str, *, days: float = 0) -> None:
    """Answer so many days from now."""
    with clock.at(NOW + timedelta(days=days)):
        services.answer(person, idea_id, value)


def answered(idea_id: int, person: UUID) -> str | None:
    """What a person says of an idea now."""
    db.session.rollback()
    statement = select(Answer.value).where(Answer.idea_id == idea_id, Answer.person_id == person)
    value = db.session.execute(statement).scalar_one_or_none()
    return None if value is None else NAMES[value]
