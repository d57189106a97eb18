"""Charts of measures: SVG made here, with a title and a description; attributes and classes alone.

The colours are the stylesheet's (80-charts.css), so a chart is right in the dark and on paper.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal, format_scientific
from markupsafe import Markup, escape

from citizen_voice.web.filters import Said, long_date
from citizen_voice.words import _, language

WIDTH, HEIGHT = 480.0, 280.0
TOP, RIGHT, BOTTOM = 26.0, 14.0, 44.0
LETTER, TALL = 11.5, 22.0
"""How wide a digit and how tall a line is at most: letters are larger where the chart is small."""
INTERVALS = 4
DRAWN = 220
"""So many places have a reading of their own; of more, the lowest and the highest are drawn."""
POINTS = 40
"""Of so many readings each has a point."""
SHOWN_DECIMALS = 4
"""More of them are in the file alone; of what is less than one, all are shown."""
SMALL, LARGE = 1e-6, 1e6
TINIEST = 1e-12


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart shows: readings by their day, the earliest first, and two lines to compare."""

    key: str
    name: Said
    unit: Said
    readings: Sequence[tuple[date, float]]
    baseline: float | None
    target: float | None


def decimal(value: float) -> str:
    """A number as people of the page's language read it, with the digits that it has: 1,200.5."""
    return _decimal(value, language())


def with_unit(value: float, unit: str) -> str:
    """12.5 people; 80%; £3."""
    if unit == "£":
        return f"-£{decimal(-value)}" if value < 0 else f"£{decimal(value)}"
    joined = "" if unit[:1] in ("%", "°", "") else "\u00a0"
    return f"{decimal(value)}{joined}{unit}"


def description(series: Series) -> str:
    """What a chart shows, in words: the first, the newest, the span, what it is compared with."""
    unit = series.unit.text
    (first_day, first), (last_day, last) = series.readings[0], series.readings[-1]
    parts = []
    if len(series.readings) == 1:
        parts.append(
            _(
                "One reading: %(value)s on %(day)s.",
                value=with_unit(first, unit),
                day=long_date(first_day),
            )
        )
    else:
        values = [value for _day, value in series.readings]
        parts += [
            _(
                "From %(first)s on %(first_day)s to %(last)s on %(last_day)s.",
                first=with_unit(first, unit),
                first_day=long_date(first_day),
                last=with_unit(last, unit),
                last_day=long_date(last_day),
            ),
            _(
                "Readings: %(number)s. Lowest %(lowest)s, highest %(highest)s.",
                number=len(values),
                lowest=with_unit(min(values), unit),
                highest=with_unit(max(values), unit),
            ),
        ]
    if series.baseline is not None:
        parts.append(_("Before the trial: %(value)s.", value=with_unit(series.baseline, unit)))
    if series.target is not None:
        parts.append(_("Target: %(value)s.", value=with_unit(series.target, unit)))
    return " ".join(str(part) for part in parts)


def svg(series: Series) -> Markup:
    """The picture. ``series`` has one reading at least."""
    return Markup("").join(_drawn(series))


def _drawn(series: Series) -> Iterator[Markup]:
    ticks = _ticks(_values(series))
    labels = [_axis(tick, ticks[1] - ticks[0]) for tick in ticks]
    left = 10 + LETTER * max(len(label) for label in labels)
    place = _Place(left, ticks[0], ticks[-1], series.readings[0][0], series.readings[-1][0])
    lang = Markup(' lang="{}"').format(series.name.lang) if series.name.lang else ""
    yield Markup(
        '<svg class="chart" viewBox="0 0 {:g} {:g}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t"{}>{}</title><desc id="{}-d">{}</desc>'
    ).format(
        WIDTH,
        HEIGHT,
        *(series.key,) * 3,
        lang,
        series.name.text,
        series.key,
        description(series),
    )
    for tick, label in zip(ticks, labels, strict=True):
        y = place.y(tick)
        yield Markup('<path class="chart__grid" d="M{:.1f} {:.1f}H{:g}"/>').format(left, y, WIDTH)
        yield _text(left - 8, y + 5, label, "end")
    yield from _days(place)
    yield from _compared(series, place)
    yield _line(series.readings, place)
    last_day, last = series.readings[-1]
    yield Markup('<circle class="chart__last" cx="{:.1f}" cy="{:.1f}" r="6"/></svg>').format(
        place.x(last_day), place.y(last)
    )


def _values(series: Series) -> list[float]:
    compared = [value for value in (series.baseline, series.target) if value is not None]
    return [value for _day, value in series.readings] + compared


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reading is drawn."""

    left: float
    low: float
    high: float
    first: date
    last: date

    def x(self, day: date) -> float:
        """From the left; one day alone stands in the middle."""
        right = WIDTH - RIGHT
        days = (self.last - self.first).days
        if days == 0:
            return (self.left + right) / 2
        return self.left + 8 + (right - self.left - 8) * (day - self.first).days / days

    def y(self, value: float) -> float:
        """From above."""
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share


def _line(readings: Sequence[tuple[date, float]], place: _Place) -> Markup:
    points = list(_thinned((place.x(day), place.y(value)) for day, value in readings))
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    line = Markup('<path class="chart__line" d="M{}"/>').format(path)
    if len(readings) > POINTS:
        return line
    return line + Markup("").join(
        Markup('<circle class="chart__point" cx="{:.1f}" cy="{:.1f}" r="3.5"/>').format(x, y)
        for x, y in points
    )


def _thinned(points: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Of points at the same place the first, the extremes and the last, in their order."""
    found = list(points)
    if len(found) <= DRAWN:
        yield from found
        return
    for _column, group in groupby(found, key=lambda point: int(point[0] * DRAWN / WIDTH)):
        same = list(group)
        heights = [y for _x, y in same]
        wanted = {0, len(same) - 1, heights.index(min(heights)), heights.index(max(heights))}
        yield from (same[place] for place in sorted(wanted))


def _compared(series: Series, place: _Place) -> Iterator[Markup]:
    """The lines of how it was before and of the target, with their names."""
    lines = [
        (value, kind, name, *_room(value, series.readings))
        for value, kind, name in (
            (series.baseline, "before", _("Before")),
            (series.target, "target", _("Target")),
        )
        if value is not None
    ]
    if len(lines) == 2 and abs(place.y(lines[0][0]) - place.y(lines[1][0])) < TALL:
        low = int(lines[0][0] > lines[1][0])
        lines = [(*line[:4], at == low) for at, line in enumerate(lines)]
    for value, kind, name, at_end, below in lines:
        y = place.y(value)
        yield Markup('<path class="chart__{}" d="M{:.1f} {:.1f}H{:g}"/>').format(
            kind, place.left, y, WIDTH
        )
        below_it = below and y + TALL < HEIGHT - BOTTOM + 4
        x, anchor = (WIDTH - 2, "end") if at_end else (place.left + 4, "start")
        words = f"{name} {decimal(value)}"
        yield _text(x, y + (19 if below_it else -7), words, anchor, f"name-{kind}")


def _room(value: float, readings: Sequence[tuple[date, float]]) -> tuple[bool, bool]:
    """Where the name of a line stands: at its end, below it; where readings are far from it."""
    first, last = readings[0][1] - value, readings[-1][1] - value
    at_end = abs(last) >= abs(first)
    return at_end, (last if at_end else first) > 0


def _days(place: _Place) -> Iterator[Markup]:
    """The first and the last day under the chart."""
    y = HEIGHT - 14
    if place.first == place.last:
        yield _text(place.x(place.first), y, _short_day(place.first), "middle")
        return
    yield _text(place.left, y, _short_day(place.first), "start")
    yield _text(WIDTH - 2, y, _short_day(place.last), "end")


def _text(x: float, y: float, words: str, anchor: str, kind: str = "name") -> Markup:
    return Markup(
        '<text class="chart__{}" x="{:.1f}" y="{:.1f}" text-anchor="{}" '
        'aria-hidden="true">{}</text>'
    ).format(kind, x, y, anchor, escape(words))


def _ticks(values: Sequence[float]) -> list[float]:
    """Round numbers from below the lowest value to above the highest, evenly apart."""
    low, high = min(values), max(values)
    if low > 0 and low < high / 2:
        low = 0.0
    if high - low < max(TINIEST, abs(high) * TINIEST, abs(low) * TINIEST):
        apart = max(abs(high), abs(low)) / 10 if max(abs(high), abs(low)) > SMALL else 1.0
        low, high = low - apart, high + apart
    rough = (high - low) / INTERVALS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * (1 - 1e-9))
    bottom = math.floor(low / step + 1e-9)
    top = max(math.ceil(high / step - 1e-9), bottom + 1)
    return [number * step for number in range(bottom, top + 1)]


def _axis(value: float, step: float) -> str:
    """A number beside the chart, short, with as many decimals as its neighbours need."""
    code = language()
    if abs(value) < step / 2:
        return "0"
    if step >= LARGE / 10 or abs(value) >= LARGE:
        return format_compact_decimal(value, fraction_digits=2, locale=code)
    if step < SMALL:
        return format_scientific(float(f"{value:.3g}"), locale=code)
    decimals = max(0, 1 - math.floor(math.log10(step)))
    return format_decimal(Decimal(f"{value:.{decimals}f}").normalize(), "#,##0.########", code)


@lru_cache(maxsize=4096)
def _decimal(value: float, code: str) -> str:
    if value and abs(value) < SMALL:
        return format_scientific(value, "0.######E0", locale=code)
    said = Decimal(repr(value if abs(value) < 1 else round(value, SHOWN_DECIMALS)))
    return format_decimal(said, locale=code, decimal_quantization=False)


def _short_day(day: date) -> str:
    return format_date(day, "d MMM y", language())
