"""What becomes of somebody's opinion groups when they leave."""

from sqlalchemy import delete

from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.db import db


def forget(leaving: PersonLeaving) -> None:
    """Somebody leaves: to which groups they belonged goes."""
    gone = delete(ParticipantGroup).where(ParticipantGroup.person_id == leaving.person_id)
    db.session.execute(gone)
