"""Views are counted in memory and written down once a minute, in a transaction of their own."""

import time
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.widgets import services, tallies
from citizen_voice.widgets.models import WITHOUT, WidgetRefusal, WidgetView
from tests.habits.statements import counted

HOST = "www.example.gov.uk"
AUGUST, LATER = date(2026, 8, 31), date(2026, 9, 1)


def views() -> list[tuple[date, int, str, str, int]]:
    """Every count, in order."""
    db.session.rollback()
    columns = WidgetView.day, WidgetView.widget_id, WidgetView.kind, WidgetView.host
    rows = db.session.execute(select(*columns, WidgetView.views).order_by(*columns))
    return [tuple(row) for row in rows]  # type: ignore[misc]  # five columns


def refused() -> list[tuple[int, str, date]]:
    """Every refused host, in order."""
    db.session.rollback()
    columns = WidgetRefusal.widget_id, WidgetRefusal.host, WidgetRefusal.last_on
    return [tuple(row) for row in db.session.execute(select(*columns).order_by(*columns))]  # type: ignore[misc]  # three columns


def test_counting_asks_the_database_nothing_and_writing_adds_up(app: Flask) -> None:
    with counted() as statements, clock.at(clock.start_of(AUGUST)):
        for _time in range(3):
            tallies.saw(7, "idea", HOST, allowed=True)
        tallies.saw(7, "idea", None, allowed=True)
        tallies.saw(None, "top", HOST, allowed=True)
    assert len(statements) == 0
    assert views() == []
    tallies.of(app).write()
    first = [
        (AUGUST, WITHOUT, "top", HOST, 1),
        (AUGUST, 7, "idea", "", 1),
        (AUGUST, 7, "idea", HOST, 3),
    ]
    assert views() == first
    tallies.of(app).write()
    assert views() == first
    with clock.at(clock.start_of(AUGUST)):
        tallies.saw(7, "idea", HOST, allowed=True)
    with clock.at(clock.start_of(LATER)):  # midnight in London, not in UTC
        tallies.saw(7, "idea", HOST, allowed=True)
    tallies.of(app).write()
    assert views()[2:] == [(AUGUST, 7, "idea", HOST, 4), (LATER, 7, "idea", HOST, 1)]


def test_who_is_not_allowed_is_noted_with_the_last_day_and_not_counted(app: Flask) -> None:
    for day in (AUGUST, LATER):
        with clock.at(clock.start_of(day)):
            tallies.saw(7, "idea", "parks.example.org", allowed=False)
            tallies.saw(None, "idea", "parks.example.org", allowed=False)
            tallies.saw(7, "idea", None, allowed=False)
        tallies.of(app).write()
    assert refused() == [(WITHOUT, "parks.example.org", LATER), (7, "parks.example.org", LATER)]
    assert views() == []


def test_made_up_hosts_fill_neither_memory_nor_table(app: Flask) -> None:
    for number in range(tallies.MOST_REFUSED + 50):
        tallies.saw(7, "idea", f"h{number}.example.org", allowed=False)
    for number in range(tallies.MOST_SEEN + 50):
        tallies.saw(number, "idea", HOST, allowed=True)
    tallies.saw(8, "idea", "x" * 254, allowed=False)
    tallies.of(app).write()
    assert len(refused()) == services.MOST_LISTED
    assert len(views()) == tallies.MOST_SEEN
    with clock.at(clock.now() + timedelta(days=1)):
        tallies.saw(7, "idea", "h0.example.org", allowed=False)
        tallies.saw(7, "idea", "new.example.org", allowed=False)
        tallies.of(app).write()
        assert (7, "h0.example.org", clock.today()) in refused()
        assert (7, "new.example.org", clock.today()) in refused()
    assert len(refused()) == services.MOST_LISTED


def test_a_minute_after_the_first_count_they_are_written_by_themselves(app: Flask) -> None:
    quick = tallies.Tallies(app, every=0.05)
    quick.saw(7, "idea", HOST, allowed=True)
    quick.saw(7, "idea", HOST, allowed=True)
    deadline = time.monotonic() + 10
    while not views() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [row[1:] for row in views()] == [(7, "idea", HOST, 2)]


def test_what_cannot_be_written_now_is_written_later(app: Flask) -> None:
    waiting = tallies.Tallies(app, every=3600)
    waiting.saw(7, "idea", HOST, allowed=True)
    waiting.saw(7, "idea", "parks.example.org", allowed=False)
    with write(), pytest.raises(RuntimeError):
        waiting.write()  # inside another act: refused, as it would be when the database is busy
    waiting.saw(7, "idea", HOST, allowed=True)
    waiting.write()
    assert [row[1:] for row in views()] == [(7, "idea", HOST, 2)]
    assert [row[:2] for row in refused()] == [(7, "parks.example.org")]


def test_the_end_of_a_process_loses_nothing(app: Flask) -> None:
    ending = tallies.Tallies(app, every=3600)
    ending.end()
    assert views() == []
    ending.saw(7, "idea", HOST, allowed=True)
    ending.end()
    assert [row[1:] for row in views()] == [(7, "idea", HOST, 1)]


def test_old_counts_go(app: Flask) -> None:
    with clock.at(clock.start_of(date(2024, 1, 15))):
        tallies.saw(7, "idea", HOST, allowed=True)
        tallies.saw(7, "idea", "parks.example.org", allowed=False)
        tallies.of(app).write()
    for day, kept in ((date(2025, 1, 14), 2), (date(2025, 1, 15), 1), (date(2026, 2, 15), 0)):
        with clock.at(clock.start_of(day)):
            with write():
                services.forget_old()
            assert len(views()) + len(refused()) == kept, day
