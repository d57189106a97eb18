"""The one source of the time, which tests and the demonstration can put."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_put: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _put.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within it, in this thread, it is ``moment`` (aware)."""
    token = _put.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _put.reset(token)


def today() -> date:
    """The day it is in London."""
    return now().astimezone(LONDON).date()


def moment(day: date, at: time) -> datetime:
    """The moment (UTC) of a day and time in London.

    Of a time that comes twice on a day the first; one that the clocks jump over is an hour later.
    """
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The moment (UTC) at which a day begins in London."""
    return moment(day, time.min)


def end_of(day: date) -> datetime:
    """The midnight (UTC) that ends a day in London: the first moment that is no longer that day."""
    return start_of(day + timedelta(days=1))
