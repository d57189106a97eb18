"""The clock of requests: the days of the law, against another way of counting them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from citizen_voice import bank_holidays
from citizen_voice.bank_holidays import ENGLAND_AND_WALES, NATIONS, SCOTLAND
from citizen_voice.clock import LONDON
from citizen_voice.desk import clock
from citizen_voice.desk.clock import Facts, Pause, reckon

DAY = timedelta(days=1)
HERE = bank_holidays.of(ENGLAND_AND_WALES)
JUNE = Facts(date(2026, 6, 1), pauses=(Pause(date(2026, 6, 10), date(2026, 6, 17)),))


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        (Facts(date(2024, 11, 25)), date(2024, 12, 27)),
        (Facts(date(2026, 1, 31)), date(2026, 3, 2)),
        (Facts(date(2028, 1, 31)), date(2028, 2, 29)),
        (Facts(date(2025, 11, 30), extended=True), date(2026, 3, 2)),
        (JUNE, date(2026, 7, 9)),
        (Facts(JUNE.received_on, pauses=JUNE.pauses, extended=True), date(2026, 9, 9)),
    ],
    ids=["christmas", "weekend", "leap-year", "extended", "clarified", "clarified-extended"],
)
def test_the_table_of_days_holds(facts: Facts, due: date) -> None:
    found = reckon(facts, HERE)
    assert (found.state, found.due, found.sure) == (clock.RUNNING, due, True)


def test_a_breach_is_reported_within_72_hours_across_the_change_of_clocks() -> None:
    known = datetime(2026, 10, 23, 10, 0, tzinfo=LONDON)
    by = clock.breach_due(known).astimezone(LONDON)
    assert (by.isoformat(), by.tzname()) == ("2026-10-26T09:00:00+00:00", "GMT")
    in_spring = clock.breach_due(datetime(2027, 3, 26, 10, 0, tzinfo=LONDON)).astimezone(LONDON)
    assert (in_spring.isoformat(), in_spring.tzname()) == ("2027-03-29T11:00:00+01:00", "BST")


def test_parts_of_a_minute_are_not_used_up_and_a_moment_needs_its_zone() -> None:
    by = clock.breach_due(datetime(2026, 5, 1, 10, 59, 59, 999999, tzinfo=UTC))
    assert by == datetime(2026, 5, 4, 10, 59, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        clock.breach_due(datetime(2026, 5, 1))  # noqa: DTZ001  # that is the point


def independent(start: date, months: int, free: set[date], *, roll: bool = True) -> date:
    """Walk day by day: into the month in question, to its day of that number or its end."""
    day, turns = start, 0
    while turns < months:
        day += DAY
        turns += day.day == 1
    while day.day < start.day and (day + DAY).month == day.month:
        day += DAY
    while roll and (day.isoweekday() in (6, 7) or day in free):
        day += DAY
    return day


@pytest.mark.parametrize("nation", list(NATIONS))
@pytest.mark.parametrize("extended", [False, True])
def test_every_day_of_four_years_is_due_when_another_way_of_counting_says(
    nation: str, *, extended: bool
) -> None:
    holidays = bank_holidays.of(nation)
    day, ends = date(2024, 1, 1), 0
    while day.year < 2028:
        found = reckon(Facts(day, extended=extended), holidays)
        assert found.due == independent(day, 3 if extended else 1, set(holidays.days)), day
        ends += (day + DAY).day == 1
        day += DAY
    assert ends == 48  # every end of a month was among them


def test_it_starts_with_the_latest_of_request_identity_and_fee() -> None:
    asked = Facts(date(2026, 5, 5), identity_asked=True)
    assert reckon(asked, HERE) == clock.Reckoned(clock.WAITING)
    proved = Facts(date(2026, 5, 5), identity_asked=True, identity_on=date(2026, 5, 20))
    assert reckon(proved, HERE).start == date(2026, 5, 20)
    unpaid = Facts(
        date(2026, 5, 5), identity_asked=True, identity_on=date(2026, 5, 20), fee_asked=True
    )
    assert reckon(unpaid, HERE).state == clock.WAITING
    early = Facts(date(2026, 5, 5), identity_asked=True, identity_on=date(2026, 5, 1))
    assert reckon(early, HERE).start == date(2026, 5, 5)


def test_a_question_that_is_open_stops_it_and_days_count_once() -> None:
    start = date(2026, 6, 1)
    asked = Pause(date(2026, 6, 10))
    assert reckon(Facts(start, pauses=(asked,)), HERE).state == clock.STOPPED
    twice = (
        Pause(date(2026, 6, 10), date(2026, 6, 17)),
        Pause(date(2026, 6, 17), date(2026, 6, 18)),
    )
    found = reckon(Facts(start, pauses=twice), HERE)
    assert (found.stopped_for, found.due) == (9, date(2026, 7, 10))


def test_what_was_asked_after_the_due_day_stops_nothing() -> None:
    late = (Pause(date(2026, 7, 2)),)
    found = reckon(Facts(date(2026, 6, 1), pauses=late), HERE)
    assert (found.state, found.due) == (clock.RUNNING, date(2026, 7, 1))


def test_notice_of_an_extension_is_due_in_the_first_month_and_the_target_is_28_days() -> None:
    found = reckon(JUNE, HERE)
    assert (found.notice_by, found.target) == (date(2026, 7, 9), date(2026, 7, 7))
    plain = reckon(Facts(date(2026, 1, 31)), HERE)
    assert (plain.notice_by, plain.target) == (date(2026, 2, 28), date(2026, 2, 28))


def test_each_nation_has_days_of_its_own() -> None:
    second = Facts(date(2025, 12, 2))
    assert reckon(second, HERE).due == date(2026, 1, 2)
    assert reckon(second, bank_holidays.of(SCOTLAND)).due == date(2026, 1, 5)


def test_beyond_the_data_it_says_that_it_does_not_know() -> None:
    found = reckon(Facts(date(2028, 12, 25)), HERE)
    assert (found.due, found.sure) == (date(2029, 1, 25), False)
    assert reckon(Facts(date(2028, 11, 29)), HERE).sure


def test_a_complaint_is_acknowledged_within_thirty_days() -> None:
    assert clock.acknowledge_by(date(2026, 1, 31)) == date(2026, 3, 2)
