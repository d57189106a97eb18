"""Bank holidays of each nation: as the law has them, and what files are refused."""

import json
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask

from citizen_voice import bank_holidays, clock
from citizen_voice.bank_holidays import (
    ENGLAND_AND_WALES,
    NATIONS,
    NORTHERN_IRELAND,
    SCOTLAND,
    BadFile,
)
from citizen_voice.db import write
from citizen_voice.desk import queries, services
from citizen_voice.errors import Refusal
from citizen_voice.ideas import working_days
from tests.factories.desk import due, entered, officer

YEARS = range(2024, 2029)
EASTER = {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
}
"""Easter Sundays, as the Church of England lists them."""
DAY = timedelta(days=1)


def monday(day: date) -> date:
    while day.weekday() != 0:
        day += DAY
    return day


def moved(*days: date) -> set[date]:
    """Each day, or the first after it that is no weekend and not one of the others."""
    taken: set[date] = set()
    for each in days:
        day = each
        while day.weekday() >= 5 or day in taken:
            day += DAY
        taken.add(day)
    return taken


def by_law(nation: str, year: int) -> set[date]:
    """Banking and Financial Dealings Act 1971, Schedule 1, with the days proclaimed each year."""
    days = {EASTER[year] - 2 * DAY, monday(date(year, 5, 1)), monday(date(year, 5, 25))}
    days |= moved(date(year, 12, 25), date(year, 12, 26))
    if nation == SCOTLAND:
        days |= moved(date(year, 1, 1), date(year, 1, 2)) | moved(date(year, 11, 30))
        days |= {monday(date(year, 8, 1))} | ({date(2026, 6, 15)} if year == 2026 else set())
        return days
    days |= moved(date(year, 1, 1)) | {EASTER[year] + DAY, monday(date(year, 8, 25))}
    if nation == NORTHERN_IRELAND:
        days |= moved(date(year, 3, 17)) | moved(date(year, 7, 12))
    return days


@pytest.mark.parametrize("nation", list(NATIONS))
@pytest.mark.parametrize("year", YEARS)
def test_the_data_has_the_days_of_the_law(nation: str, year: int) -> None:
    known = bank_holidays.of(nation).days
    assert {day for day in known if day.year == year} == by_law(nation, year)


@pytest.mark.parametrize("year", YEARS)
def test_promises_count_by_the_same_data_and_by_the_rule_beyond_it(year: int) -> None:
    assert working_days.bank_holidays(year) == working_days.by_rule(year)
    assert working_days.bank_holidays(year + 100) == working_days.by_rule(year + 100)


def test_the_data_says_its_source_and_years() -> None:
    about = json.loads(bank_holidays.FILE.read_text("utf-8"))["about"]
    assert about["source"].startswith("https://www.gov.uk/")
    assert about["years"] == f"{YEARS[0]} to {YEARS[-1]}"
    for nation in NATIONS:
        known = bank_holidays.of(nation)
        assert (known.first, known.last) == (date(2024, 1, 1), date(2028, 12, 31))


def a_file(nation: str, years: range = range(2027, 2031), **further: Any) -> bytes:
    events = [
        {"title": "Some day", "date": f"{year}-{month:02}-04"}
        for year in years
        for month in range(1, 9)
    ]
    return json.dumps({"division": nation, "events": events, **further}).encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (a_file(SCOTLAND), "of Scotland. This council is in England and Wales"),
        (b"PK\x03\x04", "can’t read that file"),
        (b"[" * 100_000, "can’t read that file"),
        (b"[]", "not the list"),
        (b'{"rates": {}}', "not the list"),
        (b'{"england-and-wales": 4}', "not the list"),
        (a_file(ENGLAND_AND_WALES, events=[{"date": "2027-01-01"}]), "no day or no name"),
        (a_file(ENGLAND_AND_WALES, events=[{"title": "A", "date": "May"}]), "no day or no name"),
        (a_file(ENGLAND_AND_WALES, events=4), "no day or no name"),
        (a_file(ENGLAND_AND_WALES, events=[]), "not the list"),
        (a_file(ENGLAND_AND_WALES, range(0)), "not the list"),
        (
            a_file(ENGLAND_AND_WALES, events=[{"title": "A", "date": "2027-01-01"}]),
            "days of 2027 are missing",
        ),
        (b" " * (bank_holidays.LARGEST + 1), "too large"),
    ],
    ids=[
        "scotland", "zip", "deep", "list", "other", "number", "no-name", "no-day", "no-events",
        "none", "no-years", "cut", "large",
    ],
)  # fmt: skip
def test_a_file_of_another_nation_or_of_no_use_is_refused_in_clear_words(
    content: bytes, says: str
) -> None:
    with pytest.raises(BadFile) as refused:
        bank_holidays.read(content, ENGLAND_AND_WALES)
    assert says in str(refused.value)
    assert refused.value.field == "file"


def test_the_file_of_all_nations_is_read_for_ones_own(app: Flask) -> None:
    found = bank_holidays.read(bank_holidays.FILE.read_bytes(), SCOTLAND)
    assert found.days == bank_holidays.of(SCOTLAND).days


def test_the_desk_says_when_the_data_runs_out_and_a_newer_file_counts(app: Flask) -> None:
    actor = officer()
    assert queries.runs_out(date(2028, 6, 1)) is None
    assert queries.runs_out(date(2028, 11, 1)) == date(2028, 12, 31)
    with clock.at(clock.moment(date(2029, 3, 4), time(12))):
        number = entered(actor=actor)
        assert due(number) == date(2029, 4, 4)
        with write():
            services.read_holidays(a_file(ENGLAND_AND_WALES), actor=actor)
        assert due(number) == date(2029, 4, 5)
        assert queries.runs_out(date(2029, 3, 4)) is None
    assert date(2026, 12, 25) in queries.holidays().days


def test_the_nation_changes_when_open_requests_are_due(app: Flask) -> None:
    actor = officer()
    with clock.at(clock.moment(date(2025, 12, 2), time(12))):
        number = entered(actor=actor)
        assert due(number) == date(2026, 1, 2)
        with write():
            services.settle(SCOTLAND, actor=actor)
        assert due(number) == date(2026, 1, 5)
        assert queries.nation() == SCOTLAND
        with pytest.raises(Refusal), write():
            services.settle("france", actor=actor)
