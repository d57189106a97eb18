"""What becomes of widgets when who made them leaves."""

from sqlalchemy import update

from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.db import db
from citizen_voice.widgets.models import Widget


def forget(leaving: PersonLeaving) -> None:
    """Somebody leaves: the widgets that they made stay, and no longer say by whom."""
    theirs = update(Widget).where(Widget.created_by == leaving.person_id)
    db.session.execute(theirs.values(created_by=None))
