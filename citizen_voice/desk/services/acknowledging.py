"""That somebody was told that we have what they sent, where no letter from here has told them.

A letter that says so notes it by itself: see ``writing``.
"""

from datetime import date
from uuid import UUID

from citizen_voice.desk.services.steps import add, held, not_ahead
from citizen_voice.errors import Conflict
from citizen_voice.words import _


def acknowledged(request_id: int, *, actor: UUID, day: date | None = None) -> None:
    """They were told on a day, today where none is given: what a complaint is owed within 30 days.

    (Data Protection Act 2018 s.164A(3).) Raises ``NotHere``, ``Conflict`` where it is closed or
    that is noted already, ``Refusal`` for a day that is to come or before the request.
    """
    asked = held(request_id)
    if asked.acknowledged_on is not None:
        raise Conflict(_("Somebody has noted that already."))
    asked.acknowledged_on = not_ahead(day, since=asked.received_on, field="day")
    add(asked, "acknowledged", actor=actor, day=asked.acknowledged_on)
