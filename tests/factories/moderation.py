"""Cases, grounds and decisions."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db, write
from citizen_voice.moderation import services
from citizen_voice.moderation.models import REPORT, Ground
from citizen_voice.moderation.services import Ruling, Subject
from tests.factories.team import colleague


def ground() -> int:
    """A ground's key: the first there is, or a new one."""
    found = db.session.scalars(select(Ground.id).order_by(Ground.position).limit(1)).first()
    if found is not None:
        return found
    with write():
        made = Ground(name_en="Private details", letter_en="It gives {thing}.", position=1)
        db.session.add(made)
        db.session.flush()
        return made.id


def case(*, waits_for: str = "personal", kind: str = REPORT, **subject: Any) -> UUID:
    """A case about ``idea_id``, ``comment_id`` or ``person_id``; gives its key."""
    with write():
        return services.note(
            Subject(**subject), kind, waits_for=waits_for if kind == REPORT else None
        )


def decide(case_id: UUID, act: str, *, actor: UUID | None = None, **values: Any) -> UUID:
    """Decide a case; gives the decision's key."""
    actor = actor or colleague()
    chosen: dict[str, Any] = {"ground_id": ground(), "words": "It breaks a rule."}
    with write():
        return services.decide([case_id], Ruling(act, **(chosen | values)), actor=actor)[0].id
