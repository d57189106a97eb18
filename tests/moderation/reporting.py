"""What a report says, and what is stored of it."""

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.moderation.models import Case, Report
from citizen_voice.outbox.models import OutboxMail

WORDS = "It says where my neighbour lives."
FORM = {"category": "personal", "words": WORDS, "email": ""}
ADDRESS = "reader@example.org"


def reports() -> list[Report]:
    return list(db.session.scalars(select(Report).order_by(Report.made_at)))


def letters() -> list[OutboxMail]:
    return list(db.session.scalars(select(OutboxMail).order_by(OutboxMail.created_at)))


def the_case() -> Case:
    return db.session.scalars(select(Case)).one()
