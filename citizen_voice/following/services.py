"""Following, and hearing of something no longer."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.consent.services import require_active
from citizen_voice.db import db, dialect, new_key
from citizen_voice.following.models import Follow


def follow(
    person_id: UUID, *, idea_id: int | None = None, pilot_id: int | None = None, on: bool = True
) -> None:
    """Have somebody hear of an idea or of a pilot (one of them), or no longer.

    Raises ``InactivePurpose`` while no news is sent; who wants no more may say so all the same.
    """
    if on:
        require_active("news")
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    said = {"on": on, "changed_at": clock.now()}
    thing = "idea_id" if idea_id is not None else "pilot_id"
    db.session.execute(
        insert(Follow)
        .values(id=new_key(), person_id=person_id, idea_id=idea_id, pilot_id=pilot_id, **said)
        .on_conflict_do_update(index_elements=["person_id", thing], set_=said)
    )


def forget_person(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they follow goes."""
    db.session.execute(delete(Follow).where(Follow.person_id == leaving.person_id))
