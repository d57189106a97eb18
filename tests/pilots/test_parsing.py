"""Readings from spreadsheets: what is written out reads back, and what is no reading is named."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen_voice import clock
from citizen_voice.errors import Refusal
from citizen_voice.pilots import parsing, written
from citizen_voice.pilots.services.measuring import EARLIEST, LARGEST, Reading

DAYS = st.dates(EARLIEST, date(2026, 11, 1))
VALUES = st.floats(-LARGEST, LARGEST, allow_nan=False).map(lambda value: value + 0.0)
NOTES = st.text("abc xyz'’é,;\"", max_size=20).map(lambda text: " ".join(text.split()))

WRITE_DAY: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "two digits": lambda day: f"{day:%d/%m/%Y}",
    "points": lambda day: f"{day.day}.{day.month}.{day.year}",
    "named": lambda day: f"{day.day} {day:%B} {day.year}",
    "short": lambda day: f"{day:%d-%b-%Y}",
    "with a time": lambda day: f"{day.isoformat()} 00:00:00",
}
WRITE_VALUE: dict[str, Callable[[float], str]] = {
    "plain": repr,
    "percent": lambda value: f"{value!r}%",
    "true minus": lambda value: repr(value).replace("-", "\u2212", 1) if value < 0 else repr(value),
    "thousands": lambda value: f"{value:,}" if "e" not in repr(value) else repr(value),
}


def one_of(text: str) -> Reading:
    found = parsing.parsed(text)
    assert not found.bad, found.bad
    assert len(found.good) == 1
    return found.good[0].reading


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


@given(
    st.dictionaries(DAYS, st.tuples(VALUES, NOTES), min_size=1, max_size=20),
    st.sampled_from(sorted(WRITE_DAY)),
    st.sampled_from(sorted(WRITE_VALUE)),
    st.sampled_from("\t;,"),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_out_in_any_supported_way_reads_back_equal(
    readings: dict[date, tuple[float, str]],
    day_style: str,
    value_style: str,
    separator: str,
    heading: bool,
    encoding: str,
    end: str,
) -> None:
    if encoding == "cp1252":
        value_style = "plain"
    lines = [
        separator.join(
            (WRITE_DAY[day_style](day), cell(WRITE_VALUE[value_style](value)), cell(note))
        )
        for day, (value, note) in readings.items()
    ]
    if heading:
        lines.insert(0, separator.join(("Date", "Value", "Note")))
    text = parsing.text_of((end.join(lines) + end).encode(encoding))
    found = parsing.parsed(text)
    assert not found.bad, (text, found.bad)
    assert {good.reading.day: (good.reading.value, good.reading.note) for good in found.good} == {
        day: (value, note.strip()) for day, (value, note) in readings.items()
    }
    assert found.heading == (1 if heading else None)


@given(st.text(max_size=300))
def test_any_text_is_read_or_named_line_by_line(text: str) -> None:
    try:
        found = parsing.parsed(text)
    except Refusal as refusal:
        assert refusal.field == "pasted"
        return
    assert len({good.reading.day for good in found.good}) == len(found.good)
    assert all(str(bad.why) for bad in found.bad)


@given(st.binary(max_size=300))
def test_any_file_is_text_or_refused_at_its_field(content: bytes) -> None:
    try:
        assert parsing.text_of(content)
    except Refusal as refusal:
        assert refusal.field == "file"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("1,200", 1200),
        ("-1,200.5", -1200.5),
        ("1.200,5", 1200.5),
        ("1 200", 1200),
        ("1\u00a0200,5", 1200.5),
        ("0,125", 0.125),
        ("£3", 3),
        ("80 %", 80),
        ("\u22124", -4),
        ("1e3", 1000),
        ("1200,50", 1200.5),
        (".5", 0.5),
    ],
)
def test_numbers_are_understood_as_people_write_them(said: str, meant: float) -> None:
    assert one_of(f"3/11/2025\t{said}").value == meant


@pytest.mark.parametrize("said", ["1e400", "n/a", "", "-", "12,5,0", "nan", "inf", "٣", "1_000"])
def test_what_is_no_number_is_named(said: str) -> None:
    found = parsing.parsed(f"2025-11-03\t5\n2025-11-04\t{said}\tnote")
    assert [(bad.line, bool(str(bad.why))) for bad in found.bad] == [(2, True)]
    assert len(found.good) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3/11/2025", date(2025, 11, 3)),
        ("03-Nov-25", date(2025, 11, 3)),
        ("3 Tachwedd 2025", date(2025, 11, 3)),
        ("2025-11-03T10:00:00Z", date(2025, 11, 3)),
        ("2025/11/3", date(2025, 11, 3)),
    ],
)
def test_the_day_comes_before_the_month(said: str, meant: date) -> None:
    assert one_of(f"{said};7").day == meant


@pytest.mark.parametrize("said", ["30/2/2025", "11/25/2025", "Monday", "45965", "2025-13-01"])
def test_an_unknown_day_is_named(said: str) -> None:
    found = parsing.parsed(f"{said}\t12")
    assert [bad.why for bad in found.bad] == [written.NO_DAY]


def test_a_day_to_come_is_named() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    found = parsing.parsed(f"{clock.today()}\t1\n{tomorrow}\t2")
    assert [bad.line for bad in found.bad] == [2]
    assert len(found.good) == 1


def test_a_day_begins_at_midnight_in_london() -> None:
    def lines(day: str) -> int:
        return len(parsing.parsed(f"{day}\t1").good)

    with clock.at(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)):  # half past midnight in London
        assert lines("2027-07-01") == 1
        assert lines("2027-07-02") == 0
    with clock.at(datetime(2027, 10, 30, 23, 30, tzinfo=UTC)):  # before the clocks go back
        assert lines("2027-10-31") == 1
    with clock.at(datetime(2027, 10, 31, 23, 30, tzinfo=UTC)):  # and after
        assert lines("2027-11-01") == 0


def test_a_day_that_stands_there_twice_is_named_with_the_other_line() -> None:
    found = parsing.parsed("2025-11-03\t1\n\n2025-11-04\t2\n3/11/2025\t5")
    assert [(bad.line, "line 1" in str(bad.why)) for bad in found.bad] == [(4, True)]


def test_a_comma_that_may_be_of_the_number_or_of_the_table_is_asked_about() -> None:
    found = parsing.parsed("2025-11-03,12,5\n2025-11-04,13.5,rain")
    assert [bad.line for bad in found.bad] == [1]
    assert found.good[0].reading == Reading(date(2025, 11, 4), 13.5, "rain")


def test_beside_decimal_commas_a_thousand_is_doubtful() -> None:
    found = parsing.parsed("2025-11-03\t12,5\n2025-11-04\t1,200\n2025-11-05\t1200")
    assert [(bad.line, bad.why) for bad in found.bad] == [(2, written.EITHER)]


def test_beside_decimal_commas_a_point_before_three_digits_is_doubtful() -> None:
    found = parsing.parsed("2025-11-03\t12,5\n2025-11-04\t1.200\n2025-11-05\t1.200,5")
    assert [(bad.line, bad.why) for bad in found.bad] == [(2, written.EITHER_POINT)]
    assert [good.reading.value for good in found.good] == [12.5, 1200.5]
    assert one_of("2025-11-03\t1.200").value == 1.2  # a point is a point where nothing says else


@pytest.mark.parametrize("separator", "\t;,")
def test_a_quote_that_nobody_ends_swallows_no_reading(separator: str) -> None:
    rows = (("3/11/2025", "5", '"warm'), ("4/11/2025", "6", ""), ("5/11/2025", "n/a", "x"))
    found = parsing.parsed("\n".join(separator.join(row) for row in rows))
    assert [(good.line, good.reading.value, good.reading.note) for good in found.good] == [
        (1, 5.0, "warm"),
        (2, 6.0, ""),
    ]
    assert [bad.line for bad in found.bad] == [3]


def test_a_note_of_two_lines_is_one_note() -> None:
    found = one_of('3/11/2025\t5\t"warm at noon,\ncold at night"')
    assert found.note == "warm at noon, cold at night"


def test_a_value_under_an_unknown_name_may_stand_first() -> None:
    (good,) = parsing.parsed("People\tDay\n12\t2025-11-03").good
    assert good.reading.value == 12


def test_columns_are_found_by_their_names() -> None:
    found = parsing.parsed("Nodyn;Gwerth;Dyddiad\nglaw;3;2025-11-03")
    assert found.heading == 1
    assert found.good[0].reading == Reading(date(2025, 11, 3), 3.0, "glaw")


def test_nothing_and_too_much_are_refused() -> None:
    for text in ("", "\n\n", "x" * (parsing.LARGEST + 1)):
        with pytest.raises(Refusal):
            parsing.parsed(text)
    days = (date(2000, 1, 1) + timedelta(days=number) for number in range(2_001))
    with pytest.raises(Refusal):
        parsing.parsed("\n".join(f"{day}\t1" for day in days))
