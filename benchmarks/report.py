"""What came of a run: verdicts, a table for people, and everything as JSON."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.budgets import BUDGETS, Budget
from benchmarks.cell import Cell
from benchmarks.figures import MISSED, NOT_MEASURED, Figure

HEADER = ("What", "Database", "Ideas", "Floor", "Measured", "Ratio", "Budget", "Verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """A budget on one database of one size, and what was found."""

    budget: Budget
    database: str
    ideas: int
    floor: Figure | None
    measured: Figure | None
    judged: Figure | None
    verdict: str
    reason: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row for people."""
        budget = self.budget
        verdict = f"{self.verdict} ({self.reason})" if self.reason else self.verdict
        return (
            budget.what,
            "" if budget.once else self.database,
            "" if budget.once else f"{self.ideas:,}",
            "" if self.floor is None else figures.short(self.floor.value),
            "" if self.measured is None else str(self.measured),
            "" if budget.floor is None or self.judged is None else str(self.judged),
            budget.words(self.database),
            f"**{verdict}**" if self.verdict == MISSED else verdict,
        )

    @property
    def record(self) -> dict[str, Any]:
        """The row for programs."""
        least, most = self.budget.bounds(self.database)
        return {
            "budget": self.budget.name,
            "what": self.budget.what,
            "database": None if self.budget.once else self.database,
            "ideas": None if self.budget.once else self.ideas,
            "unit": self.budget.unit,
            "source": self.budget.source,
            "floor": self.budget.floor,
            "floor_median": None if self.floor is None else self.floor.value,
            "median": None if self.measured is None else self.measured.value,
            "judged": None if self.judged is None else self.judged.value,
            "low": None if self.judged is None else self.judged.low,
            "high": None if self.judged is None else self.judged.high,
            "least": least,
            "most": most,
            "verdict": self.verdict,
            "reason": self.reason,
        }


def rows(cells: Sequence[Cell], alone: Cell, groups: Collection[str]) -> list[Row]:
    """Every budget of these groups, held against what was measured.

    ``cells`` are in the order of their size; ``alone`` holds what no database plays a part in.
    """
    largest = {cell.database: cell for cell in cells}
    found = []
    for budget in BUDGETS:
        if budget.group not in groups:
            continue
        if budget.once:
            where: Sequence[Cell] = [alone]
        else:
            where = cells if budget.each_size else list(largest.values())
        found += [_row(budget, cell) for cell in where if budget.judges(cell.database)]
    return found


def _row(budget: Budget, cell: Cell) -> Row:
    """Hold one budget against one cell."""
    needed = [budget.source] + ([budget.floor] if budget.floor else [])
    for name in needed:
        if name not in cell.values:
            why = cell.why_not(name)
            return Row(budget, cell.database, cell.ideas, None, None, None, NOT_MEASURED, why)
    measured = figures.figure(cell.values[budget.source])
    floor, judged = None, measured
    if budget.floor:
        floor = figures.figure(cell.values[budget.floor])
        judged = figures.ratio(cell.values[budget.source], cell.values[budget.floor])
    least, most = budget.bounds(cell.database)
    verdict, reason = figures.verdict(judged.value, least=least, most=most), ""
    if cell.ideas < budget.at:
        verdict, reason = NOT_MEASURED, f"needs {budget.at:,} ideas"
    return Row(budget, cell.database, cell.ideas, floor, measured, judged, verdict, reason)


def record(
    machine: Mapping[str, Any], cells: Sequence[Cell], alone: Cell, found: Sequence[Row]
) -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "machine": dict(machine),
        "budgets": [row.record for row in found],
        "measured": [
            {
                "database": cell.database,
                "ideas": cell.ideas,
                "values": cell.values,
                "failed": cell.failed,
                "broken": cell.broken,
                "notes": cell.notes,
            }
            for cell in (*cells, alone)
        ],
    }


def markdown(
    machine: Mapping[str, Any], cells: Sequence[Cell], alone: Cell, found: Sequence[Row]
) -> str:
    """All of it, for people."""
    lines = [f"# Speed, {machine['date']}", "", summary(found), ""]
    lines += [f"- {name.replace('_', ' ')}: {_said(value)}" for name, value in machine.items()]
    lines += ["", "How to read this: [docs/BENCHMARKS.md](../../docs/BENCHMARKS.md).", ""]
    lines += ["## Budgets", "", *_table(HEADER, [row.cells for row in found]), ""]
    lines += ["## Everything that was driven", ""]
    lines += ["Requests a second: the median of the rounds, and between which they lay. Behind it,"]
    lines += ["the microseconds that the web processes worked on each: less a matter of who else"]
    lines += ["is busy.", ""]
    header = ("What", *(f"{cell.database}, {cell.ideas:,}" for cell in cells))
    lines += [*_table(header, list(_rates(cells))), ""]
    for cell in (*cells, alone):
        notes = {name: note for name, note in cell.notes.items() if name != "times"}
        if notes:
            where = "The pages" if cell is alone else f"{cell.database}, {cell.ideas:,} ideas"
            lines += [f"## {where}: beside the figures", ""]
            lines += [f"- {name}: {_said(note)}" for name, note in notes.items()] + [""]
    return "\n".join(lines).rstrip() + "\n"


def summary(found: Sequence[Row]) -> str:
    """How many budgets were met."""
    verdicts = [row.verdict for row in found]
    return ", ".join(
        f"{verdicts.count(verdict)} {verdict}" for verdict in (figures.MET, MISSED, NOT_MEASURED)
    )


def printed(found: Sequence[Row]) -> str:
    """The table of budgets for a terminal."""
    table = [HEADER, *(tuple(cell.strip("*") for cell in row.cells) for row in found)]
    widths = [max(len(row[at]) for row in table) for at in range(len(HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def write(folder: Path, name: str, recorded: Mapping[str, Any], text: str) -> list[Path]:
    """Write both files; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.json", folder / f"{name}.md"]
    paths[0].write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    paths[1].write_text(text, encoding="utf-8")
    return paths


def _rates(cells: Sequence[Cell]) -> Iterator[tuple[str, ...]]:
    names = dict.fromkeys(name for cell in cells for name in cell.notes.get("times", {}))
    for name in names:
        yield name, *(_rate(cell, name) for cell in cells)


def _rate(cell: Cell, name: str) -> str:
    if name not in cell.values:
        return ""
    cpu = figures.figure(cell.notes["times"][name]["cpu"])
    return f"{figures.figure(cell.values[name])}, {cpu.value:,.0f} µs"


def _table(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *body)]


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_said(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_said(one) for one in value) or "nothing"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
