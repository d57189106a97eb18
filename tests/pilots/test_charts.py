"""Charts have their text, and can be drawn of whatever was measured."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen_voice.pilots import charts
from citizen_voice.pilots.services.measuring import LARGEST
from citizen_voice.web.filters import Said
from citizen_voice.words import force_locale

FIRST = date(2026, 3, 1)
VALUES = st.floats(-LARGEST, LARGEST, allow_nan=False)


def series(
    *values: float, baseline: float | None = None, target: float | None = None, unit: str = "people"
) -> charts.Series:
    readings = [(FIRST + timedelta(days=7 * at), value) for at, value in enumerate(values)]
    return charts.Series(
        "m1", Said("Who stays", None), Said(unit, None), readings, baseline, target
    )


def drawn(shown: charts.Series) -> ET.Element:
    with force_locale("en"):
        return ET.fromstring(charts.svg(shown))


def numbers(picture: ET.Element) -> list[float]:
    found = []
    for each in picture.iter():
        for name in ("d", "cx", "cy", "x", "y"):
            found += [float(part) for part in re.findall(r"-?[\d.]+", each.get(name, ""))]
    return found


@given(
    st.lists(VALUES, min_size=1, max_size=40),
    st.none() | VALUES,
    st.none() | VALUES,
)
def test_whatever_was_measured_is_drawn_within_the_picture(
    values: list[float], baseline: float | None, target: float | None
) -> None:
    picture = drawn(series(*values, baseline=baseline, target=target))
    assert all(-10 <= number <= charts.WIDTH + 10 for number in numbers(picture))


def test_what_it_shows_is_said_in_words() -> None:
    picture = drawn(series(12, 11, 18.5, baseline=12, target=20))
    named = dict.fromkeys(str(picture.get("aria-labelledby")).split())
    texts = {each.get("id"): each.text for each in picture if each.get("id") in named}
    assert texts["m1-t"] == "Who stays"
    said = str(texts["m1-d"])
    for words in (
        "From 12\u00a0people on 1 March 2026 to 18.5\u00a0people on 15 March 2026.",
        "Readings: 3. Lowest 11\u00a0people, highest 18.5\u00a0people.",
        "Before the trial: 12\u00a0people.",
        "Target: 20\u00a0people.",
    ):
        assert words in said
    assert picture.get("role") == "img"


def test_one_reading_is_said_to_be_one() -> None:
    with force_locale("en"):
        assert charts.description(series(42.5, unit="%")) == ("One reading: 42.5% on 1 March 2026.")


def test_it_carries_neither_style_nor_script() -> None:
    with force_locale("en"):
        made = charts.svg(series(1, 2, baseline=1, target=3, unit='<script>"x"</script>'))
    assert "style=" not in made
    assert "<script" not in made
    assert "<style" not in made


@pytest.mark.parametrize(
    "values",
    [
        (7.0,),
        (7.0, 7.0, 7.0),
        (0.0, 0.0),
        (-4.0, -2.5, 0.0),
        (1e-9, 3e-9),
        (5e-324, 0.0),
        (1e12, 1e12 - 0.001),
        (-1e12, 1e12),
        (1e11, 5e11),
    ],
)
def test_its_axis_has_a_few_different_numbers(values: tuple[float, ...]) -> None:
    picture = drawn(series(*values))
    axis = [each.text for each in picture.iter() if each.get("text-anchor") == "end"]
    marks = [text for text in axis if text and "202" not in text]
    assert 2 <= len(marks) <= 8
    if max(values) - min(values) > abs(max(values)) * 1e-6:
        assert len(set(marks)) == len(marks), marks


def test_two_thousand_readings_take_a_small_picture() -> None:
    wave = [float(number % 50) for number in range(2_000)]
    with force_locale("en"):
        made = charts.svg(series(*wave, baseline=3.0, target=40.0))
    assert len(made) < 30_000
    heights = [float(y) for _x, y in re.findall(r"([\d.]+) ([\d.]+)(?=L|\")", made)]
    assert min(heights) < 65, "the highest is drawn"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12.0, "12"),
        (1200.5, "1,200.5"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (1e12, "1,000,000,000,000"),
        (22095.16189589524, "22,095.1619"),
        (2.5e-8, "2.5E-8"),
        (0.000123, "0.000123"),
    ],
)
def test_numbers_are_said_as_people_read_them(value: float, said: str) -> None:
    with force_locale("en"):
        assert charts.decimal(value) == said


def test_the_unit_stands_where_people_write_it() -> None:
    with force_locale("en"):
        assert charts.with_unit(3, "£") == "£3"
        assert charts.with_unit(-3, "£") == "-£3"
        assert charts.with_unit(80, "%") == "80%"
        assert charts.with_unit(5, "") == "5"


def test_its_days_are_in_the_language_of_the_page() -> None:
    with force_locale("cy"):
        assert "Maw 2026" in charts.svg(series(1, 2)).replace("Mawrth", "Maw")
