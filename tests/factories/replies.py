"""Replies of the council."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.ideas.working_days import is_working_day
from citizen_voice.replies import services


def working_day(days: int = 30) -> date:
    """The first working day so many days from today."""
    day = clock.today() + timedelta(days=days)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def reply(*idea_ids: int, actor: UUID | None = None, **values: Any) -> int:
    """The number of a reply to some ideas: *no*, unless said otherwise."""
    said: dict[str, Any] = {"outcome": "no", "reason_en": "It would cost too much."}
    with write():
        return services.reply(idea_ids, **(said | values), actor=actor)
