"""The row of a pilot, held by whoever changes something about it; and its trace."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.journal import services as journal
from citizen_voice.pilots.models import DECIDED, Pilot
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.words import _


def held(pilot_id: int, *, decided: bool = False) -> Pilot:
    """A pilot, held until the act is done; pilots are held before ideas and threads.

    Who only points at it (news of a comment, under its thread) does not wait: its key stays.

    Raises ``NotHere`` for none, ``NotAllowed`` for one that is decided (unless ``decided``).
    """
    pilot = db.session.scalars(
        select(Pilot).where(Pilot.id == pilot_id).with_for_update(key_share=True),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if pilot is None or pilot.cancelled_at is not None:
        raise NotHere
    if pilot.stage == DECIDED and not decided:
        raise NotAllowed(_("This trial was decided, so it stays as it is."))
    return pilot


def record(act: str, pilot_id: int, actor: UUID | None, detail: str = "") -> None:
    """A line of the journal, which comes last.

    What was changed is written first: a pilot's row raises the site's revision, and who changes the
    site holds its row before the journal, too.
    """
    db.session.flush()
    journal.append(act, actor=actor, subject=f"pilot {pilot_ref(pilot_id)}", detail=detail)
