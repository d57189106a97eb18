"""How a thing of the registers stands: in words, with a tone that colours them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from citizen_voice.desk.clock import breach_due
from citizen_voice.web.filters import day_and_time, long_date
from citizen_voice.words import gettext, ngettext

GOOD, SOON, LATE, QUIET = "good", "soon", "late", "quiet"
REVIEW_SOON = timedelta(days=30)
HURRY = timedelta(hours=24)
YEARLY = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """``tone`` is ``GOOD``, ``SOON``, ``LATE`` or ``QUIET``; the words say it all without it."""

    tone: str
    words: str
    more: str = ""


def of_breach(row: Any, now: datetime) -> Standing:
    """Where the 72 hours of a breach stand (UK GDPR Art 33(1))."""
    due = breach_due(row.known_at)
    if row.reported_at is not None:
        when = day_and_time(row.reported_at)
        if row.reported_at > due:
            late = lasting(row.reported_at - due)
            return _closed(
                row, SOON, gettext("Reported on %(when)s, late by %(time)s", when=when, time=late)
            )
        return _closed(row, GOOD, gettext("Reported on %(when)s, in time", when=when))
    if row.risk == "none" and row.not_reported_why:
        return _closed(row, GOOD, gettext("Not reported, with the reason"))
    words = gettext("Report by %(when)s", when=day_and_time(due))
    if now > due:
        return Standing(LATE, words, gettext("Late by %(time)s", time=lasting(now - due)))
    tone = SOON if due - now <= HURRY else GOOD
    return Standing(tone, words, gettext("%(time)s left", time=lasting(due - now)))


def _closed(row: Any, tone: str, words: str) -> Standing:
    if row.closed_at is None:
        return Standing(tone, words, gettext("Open"))
    return Standing(QUIET, words, gettext("Closed on %(when)s", when=long_date(row.closed_at)))


def of_review(day: date | None, today: date) -> Standing:
    """Where a day stands on which something is looked at again."""
    if day is None:
        return Standing(QUIET, gettext("No day to look at it again"))
    when = long_date(day)
    if day < today:
        return Standing(LATE, gettext("It was to be looked at again by %(when)s", when=when))
    tone = SOON if day - today <= REVIEW_SOON else GOOD
    return Standing(tone, gettext("Look at it again by %(when)s", when=when))


def of_assessment(row: Any, today: date) -> Standing:
    """Where an assessment stands: a draft, signed until a day, or over."""
    if row.signed_on is None:
        return Standing(SOON, gettext("Draft"), gettext("Nothing may stand on it yet"))
    signed = gettext(
        "Signed by %(name)s on %(when)s", name=row.signed_by, when=long_date(row.signed_on)
    )
    if row.ended_at is not None:
        over = gettext("Over since %(when)s", when=long_date(row.ended_at))
        return Standing(QUIET, over, signed)
    review = of_review(row.review_on, today)
    return Standing(review.tone, review.words, signed)


def of_processor(row: Any, today: date) -> Standing:
    """Where a processor stands: ended, without a contract, or to be looked at again."""
    if row.ended_on is not None:
        return Standing(QUIET, gettext("Ended on %(when)s", when=long_date(row.ended_on)))
    if row.contract_on is None:
        return Standing(LATE, gettext("No contract yet"))
    return of_review(row.review_on, today)


def in_a_year(day: date) -> date:
    """The same day next year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + YEARLY)
    except ValueError:
        return day.replace(year=day.year + YEARLY, day=28)


def lasting(time: timedelta) -> str:
    """How long: "3 hours", "2 days, 5 hours", "12 minutes"."""
    minutes = int(time.total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    found = []
    if days:
        found.append(ngettext("%(num)s day", "%(num)s days", days))
    if hours:
        found.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    return ", ".join(found)
