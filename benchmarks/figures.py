"""Arithmetic of measurements: medians, ratios of the same round, verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

MET, MISSED, NOT_MEASURED = "met", "missed", "not measured"


@dataclass(frozen=True, slots=True)
class Figure:
    """A median, and between which values its rounds lay."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return short(self.value)
        return f"{short(self.value)} ({short(self.low)}–{short(self.high)})"


def figure(rounds: Sequence[float]) -> Figure:
    """The median of some rounds. Raises ``ValueError`` where there is none."""
    if not rounds:
        raise ValueError("no rounds were measured")
    return Figure(float(median(rounds)), float(min(rounds)), float(max(rounds)))


def ratio(measured: Sequence[float], floor: Sequence[float]) -> Figure:
    """The median of the rounds' ratios.

    Each round is held against the floor of the same round, so that a machine that slows down
    between two rounds changes nothing. Raises ``ValueError`` where the rounds are not the same, or
    a floor is nought.
    """
    if len(measured) != len(floor):
        raise ValueError(f"{len(measured)} rounds against {len(floor)}")
    if not all(floor):
        raise ValueError("a floor of nought")
    return figure([one / below for one, below in zip(measured, floor, strict=True)])


def verdict(value: float, *, least: float | None = None, most: float | None = None) -> str:
    """``met`` where the value is within its bounds, the bounds included; else ``missed``."""
    if (least is not None and value < least) or (most is not None and value > most):
        return MISSED
    return MET


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them does not exceed.

    Raises ``ValueError`` where there are no values.
    """
    if not values:
        raise ValueError("nothing was measured")
    ranked = sorted(values)
    return ranked[max(0, -(-int(share * 1_000) * len(ranked) // 1_000) - 1)]


def short(value: float) -> str:
    """A number for people: three figures that count or four, thousands with a comma."""
    if value == round(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
