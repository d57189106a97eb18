"""Where a challenge stands, and what may be done with it."""

from datetime import datetime
from typing import Any

from citizen_voice.challenges.models import CLOSED, state
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.words import _

DRAFT, ARCHIVED, CANCELLED = "draft", "archived", "cancelled"

PROMISE = ("sponsor", "decides", "money", "fixed", "promise")
"""The parts without which the database lets nothing be published."""

WANTED = {
    "sponsor": _("Say who asks. It is part of the promise."),
    "decides": _("Say who decides. It is part of the promise."),
    "money": _("Say how much money there is, or that there is none. It is part of the promise."),
    "fixed": _("Say what can’t change, or that everything can. It is part of the promise."),
    "promise": _("Say when and how people hear back. It is part of the promise."),
    "reply_team": _("Say which team replies. It is part of the promise."),
}
"""The parts that a challenge needs before staff can publish it, and what is said where one is
missing.
"""


class Incomplete(Refusal):
    """Parts of the promise are missing. ``fields`` are their columns."""

    def __init__(self, fields: list[str]) -> None:
        parts = ", ".join(fields)
        super().__init__(_("The promise is not complete. Missing: %(parts)s.", parts=parts))
        self.fields = fields


def standing(row: Any, now: datetime) -> str:
    """``draft``, ``upcoming``, ``open``, ``closed``, ``cancelled`` or ``archived``."""
    if row.published_at is None:
        return DRAFT
    if row.archived_at is not None:
        return ARCHIVED
    return CANCELLED if row.cancelled_at is not None else state(row, now)


def missing(row: Any) -> list[str]:
    """The columns of the promise that are empty."""
    names = (f"{name}_en" for name in WANTED)
    return [name for name in names if not (getattr(row, name) or "").strip()]


def refuse_to_publish(row: Any, now: datetime) -> None:
    """Raise ``Conflict`` for one that is public, ``Incomplete`` or ``Refusal`` for one not fit."""
    if row.published_at is not None:
        raise Conflict(_("This challenge is published already."))
    parts = missing(row)
    if parts:
        raise Incomplete(parts)
    if row.closes_at <= now:
        raise Refusal(_("The closing day is over. Choose a later one."), field="closes_on")


def refuse_to_delete(row: Any, _now: datetime) -> None:
    """Raise ``Conflict`` for one that was ever public."""
    if row.published_at is not None:
        raise Conflict(_("A challenge that was published can’t be deleted. You can archive it."))


def refuse_to_archive(row: Any, now: datetime) -> None:
    """Raise ``Conflict`` for one that is not closed or cancelled."""
    if standing(row, now) not in (CLOSED, CANCELLED):
        raise Conflict(_("Only a closed or cancelled challenge can be archived."))


def refuse_to_restore(row: Any, _now: datetime) -> None:
    """Raise ``Conflict`` for one that is not in the archive."""
    if row.archived_at is None:
        raise Conflict(_("This challenge is not in the archive."))


def refuse_to_reschedule(row: Any, now: datetime) -> None:
    """Raise ``Conflict`` for one that is cancelled or in the archive."""
    where = standing(row, now)
    if where == ARCHIVED:
        raise Conflict(_("This challenge is in the archive. Bring it back first."))
    if where == CANCELLED:
        raise Conflict(_("This challenge is cancelled. Take that back first."))


def refuse_to_cancel(row: Any, now: datetime) -> None:
    """Raise ``Conflict`` for one that is not open or to come."""
    if standing(row, now) in (DRAFT, CLOSED, CANCELLED, ARCHIVED):
        raise Conflict(_("Only a challenge that is open or opens later can be cancelled."))


def refuse_to_resume(row: Any, now: datetime) -> None:
    """Raise ``Conflict`` for one that is not cancelled."""
    if standing(row, now) != CANCELLED:
        raise Conflict(_("This challenge is not cancelled."))
