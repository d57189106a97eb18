"""Requests as pages see them: by when, in words, and how that day was found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from citizen_voice import clock
from citizen_voice.desk import models as m
from citizen_voice.desk.clock import RUNNING, STOPPED, WAITING, Reckoned, acknowledge_by
from citizen_voice.desk.names import (
    CHANNEL_NAMES,
    IDENTITY_NAMES,
    RIGHT_NAMES,
    SHORT_NAMES,
    outcome_name,
)
from citizen_voice.web.filters import long_date
from citizen_voice.words import _, ngettext

LATE, SOON, CALM, STILL, ENDED = "late", "soon", "calm", "still", "ended"
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Due:
    """How urgent a request is: a colour’s name, and the same in words. ``by`` says the day."""

    tone: str
    words: str
    day: date | None = None
    sure: bool = True
    by: str = ""


def due(row: Any, today: date | None = None) -> Due:
    """How urgent a request (a row) is."""
    today = today or clock.today()
    if row.closed_at is not None:
        return Due(ENDED, str(outcome_name(row.kind, row.outcome)))
    if row.due_on is None:
        return Due(STILL, _stands(row))
    left = (row.due_on - today).days
    if left < 0:
        words = ngettext("%(num)s day late", "%(num)s days late", -left)
    elif left == 0:
        words = str(_("Due today"))
    else:
        words = ngettext("Due in %(num)s day", "Due in %(num)s days", left)
    return Due(_tone(left), words, row.due_on, row.due_sure, long_date(row.due_on))


def acknowledging(row: Any, today: date | None = None) -> Due | None:
    """How urgent it is to acknowledge a complaint (a row); ``None`` where that is not owed."""
    if row.kind != m.COMPLAINT or row.acknowledged_on is not None or row.closed_at is not None:
        return None
    day = acknowledge_by(row.received_on)
    left = (day - (today or clock.today())).days
    if left < 0:
        words = ngettext(
            "Acknowledgement %(num)s day late", "Acknowledgement %(num)s days late", -left
        )
    elif left == 0:
        words = str(_("Acknowledgement due today"))
    else:
        words = ngettext(
            "Acknowledgement due in %(num)s day", "Acknowledgement due in %(num)s days", left
        )
    by = str(_("Acknowledge by %(day)s", day=long_date(day)))
    return Due(_tone(left), words, day, by=by)


def _tone(left: int) -> str:
    if left <= 0:
        return LATE
    return SOON if left <= SOON_DAYS else CALM


def _stands(row: Any) -> str:
    if row.identity == m.ASKED:
        return str(_("Clock not started: who asks is not known"))
    if row.fee_asked_on is not None and row.fee_paid_on is None:
        return str(_("Clock not started: the fee is not paid"))
    return str(_("Clock stopped"))


class Shown:
    """A request of the officer’s list."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.ref = reference(row.id)
        self.right = SHORT_NAMES[row.kind]
        self.channel = CHANNEL_NAMES[row.channel]
        self.identity = IDENTITY_NAMES[row.identity]
        self.due = due(row)
        self.owed = acknowledging(row)

    @property
    def pressing(self) -> list[Due]:
        """What is late or due within a week, the most urgent first."""
        both = [each for each in (self.owed, self.due) if each is not None]
        return sorted(
            (each for each in both if each.tone in (LATE, SOON)),
            key=lambda each: each.day or date.max,
        )


def reference(number: int) -> str:
    """What colleagues call a request: DP-12."""
    return f"DP-{number}"


def right_of(row: Any) -> Any:
    """What was asked, at length."""
    return RIGHT_NAMES[row.kind]


def explained(row: Any, said: Reckoned) -> list[str]:
    """How the due day was found, sentence by sentence."""
    told = [_("It came on %(day)s.", day=long_date(row.received_on))]
    if said.state == WAITING or said.start is None:
        told.append(_stands(row) + ".")
        return [str(each) for each in told]
    if said.start != row.received_on:
        told.append(
            _(
                "We had all that we need on %(day)s: then the clock starts.",
                day=long_date(said.start),
            )
        )
    if said.same_day is not None:
        day = long_date(said.same_day)
        told.append(
            _("Three months later is %(day)s.", day=day)
            if row.extended_on is not None
            else _("One month later is %(day)s.", day=day)
        )
    if said.state == STOPPED:
        told.append(_("The clock stands until we have an answer to our question."))
    elif said.stopped_for:
        told.append(
            ngettext(
                "The clock stood for %(num)s day, which is added.",
                "The clock stood for %(num)s days, which are added.",
                said.stopped_for,
            )
        )
    if said.state == RUNNING and said.due is not None:
        day = long_date(said.due)
        told.append(
            _("That is a weekend or a bank holiday, so it is due on %(day)s.", day=day)
            if said.rolled
            else _("So it is due on %(day)s.", day=day)
        )
        if not said.sure:
            told.append(_("We do not know that year’s bank holidays: it may be a bank holiday."))
    return [str(each) for each in told]
