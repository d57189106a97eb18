"""Figures by kind of which none points to one person: what is small is not shown.

A kind with 1 to 9 is hidden, and so is one with 0 beside it. Where the total would give a hidden
one away, even to who knows which kinds have none, the next larger kind is hidden, too. A table of
which fewer than two kinds could be shown is not shown at all, so that nothing follows from its
absence. Totals are always exact.

Two tables that share a cell can be subtracted from each other, and so can two looks at one table
that grows. So a table is published once, when nothing changes it any more, and beside no other one
with a hidden cell that it shares. A test tries every small table against a reader who knows these
rules.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALL = 10
LEAST_SHOWN = 2
Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Shown(Generic[Kind]):
    """What may be shown of some figures: ``None`` where a number is hidden. The total is exact."""

    kinds: Mapping[Kind, int | None]
    total: int

    @property
    def whole(self) -> bool:
        """Whether nothing of it is hidden."""
        return None not in self.kinds.values()


def is_small(number: int) -> bool:
    """Whether a figure could point to somebody: 1 to 9."""
    return 0 < number < SMALL


def shown(figures: Mapping[Kind, int]) -> Shown[Kind]:
    """What may be shown of figures that add up to their total, and change no more."""
    small = [number for number in figures.values() if is_small(number)]
    if not small:
        return Shown(figures, sum(figures.values()))
    hidden = {kind for kind, number in figures.items() if number < SMALL}
    others = [number for kind, number in figures.items() if kind not in hidden]
    if others and (len(small) == 1 or sum(small) in (len(small), (SMALL - 1) * len(small))):
        hidden |= {kind for kind, number in figures.items() if number == min(others)}
    if len(figures) - len(hidden) < LEAST_SHOWN:
        return withheld(figures)
    kinds = {kind: None if kind in hidden else number for kind, number in figures.items()}
    return Shown(kinds, sum(figures.values()))


def withheld(figures: Mapping[Kind, int]) -> Shown[Kind]:
    """The total alone: of figures that still change, or whose kinds another table would tell."""
    return Shown(dict.fromkeys(figures), sum(figures.values()))
