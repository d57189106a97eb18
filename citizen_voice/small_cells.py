"""Figures by kind of which none points to one person: what is small is not shown.

A kind with 1 to 9 is hidden, and so is one with 0 beside it. Where the total would give a hidden
one away, the next larger kind is hidden, too; where that is not enough, the total. A test tries
every small table against a reader who knows these rules.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALL = 10
Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Kind]):
    """What may be shown of some figures: ``None`` where a number is hidden."""

    kinds: Mapping[Kind, int | None]
    total: int | None


def shown(figures: Mapping[Kind, int]) -> Shown[Kind]:
    """What may be shown of figures that add up to their total."""
    total = sum(figures.values())
    if not any(0 < number < SMALL for number in figures.values()):
        return Shown(figures, total)
    hidden = {kind for kind, number in figures.items() if number < SMALL}
    most = (SMALL - 1) * len(hidden)
    together = sum(figures[kind] for kind in hidden)
    tells_total: int | None = total
    if len(hidden) < len(figures):
        if len(hidden) == 1 or together == most:
            next_larger = min(number for number in figures.values() if number >= SMALL)
            hidden |= {kind for kind, number in figures.items() if number == next_larger}
    elif len(hidden) == 1 or together >= most - 1:
        tells_total = None
    kinds = {kind: None if kind in hidden else number for kind, number in figures.items()}
    return Shown(kinds, tells_total)
