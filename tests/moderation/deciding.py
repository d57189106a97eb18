"""The form of an act, as a moderator fills it in and sends it."""

from uuid import UUID

from citizen_voice.db import db
from citizen_voice.moderation import things
from citizen_voice.moderation.models import Case
from tests.client import Client
from tests.factories.moderation import ground

LETTER = "We have hidden it, since it gives a phone number."


def send(client: Client, about: UUID, act: str, **fields: object) -> str:
    """Send the form of an act; gives where it led."""
    answer = client.send(f"/staff/cases/{about}/decide", filled(about, act, **fields))
    assert answer.status_code == 303, answer.text
    return answer.location


def filled(about: UUID, act: str, **fields: object) -> dict[str, object]:
    """The form of an act, as a moderator has filled it in."""
    mark = things.mark_of(db.session.get_one(Case, about))
    return {"act": act, "ground": ground(), "words": LETTER, "seen": mark} | fields
