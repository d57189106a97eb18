"""One run: every database and size by turns, and what was found so far always on the disk."""

import os
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import inside, measuring, report, starting
from benchmarks.budgets import LARGE, SMALL, SQLITE
from benchmarks.cell import A_WHILE, HOURS, Cell, Installation, Plan
from benchmarks.drive import Failed
from tests.servers.postgres import PostgresServer

IN_CELLS = {
    *measuring.FLOORED,
    *("inside", "orders", "search", "statements", "memory", "growth"),
}
MICROSECONDS_OF_SLOW_DISK = 2_000
MANY_REQUESTS, SOME_REQUESTS = 100_000, 20_000
IMPORTS = 9
ACCOUNTS = int(os.environ.get("ACCOUNTS") or 100_000)
"""How many accounts retention is done on, each with ten answers."""
UNFINISHED = "unfinished"


class Results:
    """The two files that a run leaves. Until it has ended, their names say that it has not."""

    def __init__(self, folder: Path, name: str, about: Mapping[str, Any]) -> None:
        self._folder, self._name, self._about = folder, name, about

    def write(self, run: "Run", doing: str | None) -> list[Path]:
        """Write what was found so far; ``doing`` is what the run is about, ``None`` at its end."""
        name = self._name if doing is None else f"{self._name}-{UNFINISHED}"
        about = {**self._about, "seconds": round(run.seconds)}
        if doing is not None:
            about[UNFINISHED] = doing
        found = run.rows()
        recorded = report.record(about, run.cells, run.alone, found)
        text = report.markdown(about, run.cells, run.alone, found)
        paths = report.write(self._folder, name, recorded, text)
        if doing is None:
            for path in paths:
                path.with_stem(f"{self._name}-{UNFINISHED}").unlink(missing_ok=True)
        return paths


class Run:
    """One run of the benchmarks."""

    def __init__(
        self,
        folder: Path,
        server: PostgresServer | None,
        groups: Sequence[str],
        databases: Collection[str],
        sizes: Sequence[int],
        *,
        minutes: float | None = None,
        results: Results | None = None,
    ) -> None:
        """``minutes`` is after how long nothing more is begun."""
        self.groups = groups
        self.cells = [Cell(database, ideas) for database in databases for ideas in sizes]
        self.alone = Cell(SQLITE, SMALL)
        self._folder, self._server, self._results = folder, server, results
        self._minutes = minutes
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._begun

    def tell(self, what: str) -> None:
        """Say what is done now, and write down what was found before."""
        print(f"{self.seconds:6.0f} s  {what}", file=sys.stderr, flush=True)
        if self._results is not None:
            self._results.write(self, what)

    def end(self) -> list[Path]:
        """Write the results down for good; gives their paths."""
        self.tell("done")
        return [] if self._results is None else self._results.write(self, None)

    def rows(self) -> list[report.Row]:
        """Every budget, held against what was found so far."""
        return report.rows(self.cells, self.alone, self.groups)

    def measure(self, rounds: int, seconds: int | None) -> None:
        """Measure each database at each size, and then what no database plays a part in."""
        for cell in self.cells:
            large = self._largest(cell.database)
            whole = cell.database == SQLITE and cell.ideas >= LARGE
            plan = Plan(
                self.groups,
                rounds,
                seconds or (1 if cell.ideas < LARGE else 2),
                MANY_REQUESTS if whole else SOME_REQUESTS,
                self._late,
                A_WHILE if cell.ideas <= LARGE else HOURS,
            )
            if IN_CELLS & set(self.groups):
                cell.stretch("the run", plan, lambda: self._measure(cell, plan, cell is large))  # noqa: B023
            if cell is large:
                self._compare(large)
                if "import" in self.groups:
                    self._import(large, plan)
                if "queue" in self.groups:
                    self._queue(large, plan)
                if "mail" in self.groups:
                    self._mail(large, plan)
                if "retention" in self.groups:
                    self._retention(large, plan)
        self._measure_alone(Plan(self.groups, rounds, 1, 0, self._late))

    def _measure(self, cell: Cell, plan: Plan, last: bool) -> None:
        name = f"{cell.database}_{cell.ideas}"
        place = self._place(cell.database, name)
        try:
            measuring.measure(cell, place, plan, self.tell, last=last)
        finally:
            self._clear(place, name)

    def _compare(self, large: Cell) -> None:
        """Put what the smallest size took in process beside what the largest took."""
        small = next(cell for cell in self.cells if cell.database == large.database)
        for name, one in (("page-small", small), ("page-largest", large)):
            if "page" in one.values:
                large.values[name] = one.values["page"]

    def _measure_alone(self, plan: Plan) -> None:
        alone = self.alone
        if {"weight", "lighthouse"} & set(self.groups):
            self.tell("pages: filling")
            alone.stretch("pages", plan, lambda: self._pages(plan))
        if "search" in self.groups:
            self.tell("the same wishes in other words")
            alone.stretch("look-alikes", plan, self._likeness)
        if "start" in self.groups:
            self.tell("starting")
            alone.stretch("starting", plan, lambda: self._starting(plan))

    def _pages(self, plan: Plan) -> None:
        place = self._place(SQLITE, "pages")
        try:
            measuring.pages(self.alone, place, plan, self.tell)
        finally:
            place.clear()

    def _likeness(self) -> None:
        place = self._place(SQLITE, "alike")
        try:
            found = inside.ask("alike", place.settings, seconds=A_WHILE)
            self.alone.notes["look-alikes"] = found
        finally:
            place.clear()

    def _starting(self, plan: Plan) -> None:
        def imports() -> dict[str, list[float]]:
            taken = starting.imports(IMPORTS)
            return {"import-app": taken[starting.APP], "import-flask": taken[starting.FLASK]}

        def start() -> dict[str, list[float]]:
            return {"start": starting.make_run(self._folder, plan.rounds)}

        self.alone.attempt(("import-app", "import-flask"), imports)
        self.alone.attempt(("start",), start)

    def _import(self, cell: Cell, plan: Plan) -> None:
        self.tell(f"{cell.database}: importing")

        def act() -> dict[str, list[float]]:
            found = self._inside("import", cell, plan)
            cell.notes["import"] = {"answers": found["answers"]}
            return {"import": found["import"], "executemany": found["executemany"]}

        cell.attempt(("import", "executemany"), act)

    def _queue(self, cell: Cell, plan: Plan) -> None:
        self.tell(f"{cell.database}: the moderators' queue")

        def act() -> dict[str, list[float]]:
            found = self._inside("queue", cell, plan)
            cell.notes["queue"] = {key: found[key] for key in ("ideas", "statements")}
            return {"queue-many": found["many"], "queue-few": found["few"]}

        cell.attempt(("queue-many", "queue-few"), act)

    def _mail(self, cell: Cell, plan: Plan) -> None:
        self.tell(f"{cell.database}: letters")

        def act() -> dict[str, list[float]]:
            found = self._inside("mail", cell, plan)
            return {"mail-outbox": found["outbox"], "mail-bare": found["bare"]}

        cell.attempt(("mail-outbox", "mail-bare"), act)

    def _retention(self, cell: Cell, plan: Plan) -> None:
        def act() -> dict[str, list[float]]:
            found = {}
            for accounts in (ACCOUNTS // 10, ACCOUNTS):
                self.tell(f"{cell.database}: retention on {accounts} accounts")
                found[accounts] = self._retained(cell, plan, accounts)
            cell.notes["retention"] = found
            few, many = (each["megabytes"] for each in found.values())
            return {"retention-many": [many], "retention-few": [few]}

        cell.attempt(("retention-many", "retention-few"), act)

    def _retained(self, cell: Cell, plan: Plan, accounts: int) -> Any:
        if plan.late():
            raise Failed("no time was left")
        name = f"{cell.database}_retention_{accounts}"
        place = self._place(cell.database, name)
        try:
            for task in ("retention-fill", "retention"):
                found = inside.ask(task, place.settings, seconds=HOURS, accounts=accounts)
            print(f"{cell.database}, {accounts} accounts: {found}", file=sys.stderr, flush=True)
            return found
        finally:
            self._clear(place, name)

    def _inside(self, what: str, cell: Cell, plan: Plan) -> Any:
        """What is measured in a process of its own, on a database of its own."""
        if plan.late():
            raise Failed("no time was left")
        name = f"{cell.database}_{what}"
        place = self._place(cell.database, name)
        try:
            return inside.ask(what, place.settings, seconds=plan.patience, rounds=plan.rounds)
        finally:
            self._clear(place, name)

    def _largest(self, database: str) -> Cell:
        return [cell for cell in self.cells if cell.database == database][-1]

    def _late(self) -> bool:
        return self._minutes is not None and self.seconds > 60 * self._minutes

    def _place(self, database: str, name: str) -> Installation:
        folder = self._folder / name
        folder.mkdir()
        if database == SQLITE:
            return Installation(folder, None)
        assert self._server is not None
        url = self._server.create_database(name)
        return Installation(folder, url, lambda slow: _slow_down(url, slow=slow))

    def _clear(self, place: Installation, name: str) -> None:
        place.clear()
        if place.url is not None and self._server is not None:
            self._server.drop_database(name)


def _slow_down(url: str, *, slow: bool) -> None:
    """Have PostgreSQL hold every flush of its log back for two milliseconds."""
    microseconds = MICROSECONDS_OF_SLOW_DISK if slow else 0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET commit_delay = {microseconds}")
        connection.execute("ALTER SYSTEM SET commit_siblings = 0")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(0.5)
