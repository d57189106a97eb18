"""What the table of lists has of a reply."""

from datetime import date

from citizen_voice.db import db
from citizen_voice.ideas.models import IdeaListing


def listed(number: int) -> tuple[int | None, date | None]:
    """The reply in force and the day that is owed, as the list has them."""
    row = db.session.get_one(IdeaListing, number, populate_existing=True)
    return row.reply_id, row.owed_on
