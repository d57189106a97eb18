"""Every budget, each with where its figure comes from. A new one is a line in one of the tables."""

from benchmarks.budgets.budget import (
    BOTH,
    FLOOR_NAMES,
    HUGE,
    LARGE,
    POSTGRESQL,
    SMALL,
    SQLITE,
    Budget,
)
from benchmarks.budgets.costs import COSTS
from benchmarks.budgets.reading import OPENLY, PAGES
from benchmarks.budgets.working import WORK

__all__ = [
    "BOTH",
    "BUDGETS",
    "FLOOR_NAMES",
    "HUGE",
    "LARGE",
    "POSTGRESQL",
    "SMALL",
    "SQLITE",
    "Budget",
]

BUDGETS = (*PAGES, *OPENLY, *WORK, *COSTS)
