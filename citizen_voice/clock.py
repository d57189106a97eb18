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


def start_of(day: date) -> datetime:
    """The moment (UTC) at which a day begins in London."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The midnight (UTC) that ends a day in London: the first moment that is no longer that day."""
    return start_of(day + timedelta(days=1))
