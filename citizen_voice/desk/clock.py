"""By when an answer is due: functions of days alone, which ask no database and no clock.

UK GDPR Art 12(3) and 12A, as the Data (Use and Access) Act 2025 left them: a month from the latest
of the request, what proves who asks, and the fee; two months more where notice of it was given
within the first; what an access request waits for clarification counts for neither. A month ends
on the day with the same number, or the month's last; a time that ends on a weekend or bank holiday
ends on the working day after it (Regulation (EEC, Euratom) 1182/71 Art 3(4)).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from citizen_voice.bank_holidays import Holidays

WAITING, STOPPED, RUNNING = "waiting", "stopped", "running"
MONTHS, EXTENDED_MONTHS = 1, 3
TARGET = timedelta(days=28)
ACKNOWLEDGE_WITHIN = timedelta(days=30)
"""A complaint is acknowledged within so many days (Data Protection Act 2018 s.164A(3))."""
REPORT_WITHIN = timedelta(hours=72)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Something was asked on a day, and answered on another, or not yet."""

    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clock depends on.

    ``identity_asked`` and ``fee_asked``: the clock starts when these came (``identity_on``,
    ``fee_paid_on``). ``pauses`` stop it for access requests alone: leave them out for others.
    """

    received_on: date
    identity_asked: bool = False
    identity_on: date | None = None
    fee_asked: bool = False
    fee_paid_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    extended: bool = False


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the clock says.

    ``state`` is ``WAITING`` (it has not started), ``STOPPED`` or ``RUNNING``. ``same_day`` is the
    day with the same number after one or three months, ``stopped_for`` how many days it stood,
    ``due`` the day at the end of it all. ``notice_by`` is the last day for notice of an extension,
    ``target`` the day by which the council means to answer. ``sure``: it is known of the due day
    whether it is a bank holiday.
    """

    state: str
    start: date | None = None
    same_day: date | None = None
    stopped_for: int = 0
    due: date | None = None
    notice_by: date | None = None
    target: date | None = None
    sure: bool = True

    @property
    def rolled(self) -> bool:
        """Whether the day was moved past weekends and bank holidays."""
        if self.same_day is None or self.due is None:
            return False
        return self.same_day + self.stopped_for * _DAY != self.due


def reckon(facts: Facts, holidays: Holidays) -> Reckoned:
    """What the clock says of these facts, in a nation with these bank holidays."""
    start = start_of(facts)
    if start is None:
        return Reckoned(WAITING)
    first = corresponding(start, MONTHS)
    same_day = corresponding(start, EXTENDED_MONTHS) if facts.extended else first
    in_first = _counted(facts.pauses, start, first)
    stood = _counted(facts.pauses, start, same_day, holidays)
    notice_by = first + len(in_first) * _DAY
    if any(each.answered_on is None for each in _asked_in_time(facts.pauses, same_day, holidays)):
        return Reckoned(STOPPED, start, same_day, len(stood))
    ends = same_day + len(stood) * _DAY
    due = holidays.rolled(ends)
    sure = all(holidays.knows(ends + number * _DAY) for number in range((due - ends).days + 1))
    target = min(start + TARGET + len(in_first) * _DAY, due)
    return Reckoned(RUNNING, start, same_day, len(stood), due, notice_by, target, sure)


def start_of(facts: Facts) -> date | None:
    """The latest of request, identity information and fee; ``None`` while one is awaited."""
    days: list[date | None] = [facts.received_on]
    if facts.identity_asked:
        days.append(facts.identity_on)
    if facts.fee_asked:
        days.append(facts.fee_paid_on)
    return None if None in days else max(day for day in days if day is not None)


def corresponding(day: date, months: int) -> date:
    """The day with the same number so many months later, or that month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def breach_due(known_at: datetime) -> datetime:
    """By when a breach is reported: 72 hours after it was known (UK GDPR Art 33(1)), in UTC.

    Hours pass alike on the days on which the clocks change. Parts of a minute are not used up.
    Raises ``ValueError`` for a moment without a time zone.
    """
    if known_at.tzinfo is None:
        raise ValueError("a moment needs its time zone: take it from clock.now()")
    return known_at.astimezone(UTC).replace(second=0, microsecond=0) + REPORT_WITHIN


def acknowledge_by(received_on: date) -> date:
    """The last day to acknowledge a complaint."""
    return received_on + ACKNOWLEDGE_WITHIN


def _counted(
    pauses: Iterable[Pause], start: date, ends: date, holidays: Holidays | None = None
) -> set[date]:
    """The days on which the clock stood: the first and last of a pause are among them."""
    stood: set[date] = set()
    for pause in sorted(pauses, key=lambda each: each.asked_on):
        limit = ends + len(stood) * _DAY
        if pause.asked_on > (holidays.rolled(limit) if holidays else limit):
            break  # what ran out does not stop
        last = pause.answered_on or pause.asked_on
        days = range((last - pause.asked_on).days + 1)
        stood |= {pause.asked_on + number * _DAY for number in days}
        stood = {day for day in stood if day >= start}
    return stood


def _asked_in_time(pauses: Iterable[Pause], ends: date, holidays: Holidays) -> list[Pause]:
    found: list[Pause] = []
    stood: set[date] = set()
    for pause in sorted(pauses, key=lambda each: each.asked_on):
        if pause.asked_on > holidays.rolled(ends + len(stood) * _DAY):
            break
        found.append(pause)
        stood = _counted(found, date.min, ends, holidays)
    return found
