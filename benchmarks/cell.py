"""What is to be measured on one database of one size, and what was."""

import shutil
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.drive import Failed

LONGEST = 300
"""Of a reason why something was not measured, in characters."""
A_WHILE, HOURS = 600, 7_200
"""Seconds after which a measurement from inside is given up, by the number of ideas."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Plan:
    """What to measure, and for how long. ``groups`` are those of the budgets.

    ``late`` says that no time is left: what has not begun by then is left out, which is told.
    ``patience`` is after how many seconds a measurement from inside is given up.
    """

    groups: Collection[str]
    rounds: int
    seconds: int
    requests_for_memory: int
    late: Callable[[], bool] = _never
    patience: float = A_WHILE


@dataclass
class Cell:
    """What was measured on one database with so many ideas.

    ``values`` holds a number a round by measurement; ``failed`` why one has none; ``broken`` why
    a whole stretch of it has none; ``notes`` what stands beside the figures.
    """

    database: str
    ideas: int
    values: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def attempt(self, names: Collection[str], act: Callable[[], Mapping[str, Any]]) -> None:
        """Take the measurements of ``act``; where it fails, note why for each of the names."""
        begun = time.monotonic()
        try:
            found = act()
        except Exception as reason:  # noqa: BLE001  # whatever one meets, the others are measured
            self.failed |= dict.fromkeys(names, told(reason))
            return
        for name, value in found.items():
            self.values[name] = (
                [float(one) for one in value] if isinstance(value, list) else [value]
            )
        self.notes.setdefault("seconds", {})[next(iter(names))] = time.monotonic() - begun

    def stretch(self, what: str, plan: Plan, act: Callable[[], None]) -> None:
        """Do a part of the work; where it breaks off, note why, and go on behind it."""
        if plan.late():
            self.broken[what] = "no time was left"
            return
        begun = time.monotonic()
        try:
            act()
        except Exception as reason:  # noqa: BLE001  # as above
            self.broken[what] = told(reason)
        self.notes.setdefault("seconds", {})[what] = time.monotonic() - begun

    def why_not(self, name: str) -> str:
        """Why a measurement has no figure."""
        return (
            self.failed.get(name)
            or "; ".join(f"{what}: {reason}" for what, reason in self.broken.items())
            or "it did not run"
        )


def told(reason: Exception) -> str:
    """A reason in one line."""
    lines = str(reason).strip().splitlines()
    named = type(reason).__name__
    said = lines[0] if isinstance(reason, Failed | servers.DidNotStart) else None
    return (said or ": ".join([named, *lines[-1:]]))[:LONGEST]


@dataclass
class Installation:
    """Where a cell lives: a folder, and PostgreSQL's address if it is on that."""

    folder: Path
    url: str | None
    slow_disk: Callable[[bool], None] | None = None

    @property
    def settings(self) -> dict[str, str]:
        """The settings of its site."""
        return servers.settings(self.folder / "instance", self.url)

    def clear(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
