"""``python -m benchmarks`` (``make bench``): measure all, and hold it against the budgets."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click
import psycopg

from benchmarks import cell as cells
from benchmarks import inside, machine, report, starting
from benchmarks.budgets import BOTH, BUDGETS, LARGE, POSTGRESQL, SMALL, SQLITE
from benchmarks.cell import Cell, Installation, Plan
from benchmarks.drive import Failed, NoDriver, require_driver
from benchmarks.servers import DidNotStart, PortTaken, refuse_taken_ports
from tests.servers.postgres import NoPostgres, PostgresServer

GROUPS = tuple(dict.fromkeys(budget.group for budget in BUDGETS))
IN_CELLS = {"list", "idea", "again", "answer", "inside", "orders", "search", "statements"} | {
    "memory",
    "growth",
}
SLOW = ("import", "lighthouse", "memory", "start")
"""What a quick run leaves out."""
RESULTS = Path(__file__).with_name("results")
MICROSECONDS_OF_SLOW_DISK = 2_000
MANY_REQUESTS, SOME_REQUESTS = 100_000, 20_000


class Run:
    """One run of the benchmarks."""

    def __init__(self, folder: Path, server: PostgresServer | None, groups: Sequence[str]) -> None:
        self.folder = folder
        self.groups = groups
        self.cells: list[Cell] = []
        self.alone = Cell(SQLITE, SMALL)
        self._server = server
        self._begun = time.monotonic()

    def tell(self, what: str) -> None:
        """Say what is done now."""
        print(f"{time.monotonic() - self._begun:6.0f} s  {what}", file=sys.stderr, flush=True)

    def measure(
        self, database: str, sizes: Sequence[int], rounds: int, seconds: int | None
    ) -> None:
        """Measure one database at every size."""
        for ideas in sizes:
            cell = Cell(database, ideas)
            self.cells.append(cell)
            whole = database == SQLITE and ideas >= LARGE
            plan = Plan(
                self.groups,
                rounds,
                seconds or (1 if ideas < LARGE else 2),
                MANY_REQUESTS if whole else SOME_REQUESTS,
            )
            place = self._place(database, f"{database}_{ideas}")
            try:
                if IN_CELLS & set(self.groups):
                    cells.measure(cell, place, plan, self.tell, last=ideas == sizes[-1])
            except (Failed, DidNotStart) as reason:
                self.tell(f"{database}, {ideas:,} ideas: {reason}")
                cell.notes["broken off"] = str(reason).splitlines()[0]
            finally:
                self._clear(place, f"{database}_{ideas}")
        small, large = self.cells[-len(sizes)], self.cells[-1]
        for name, one in (("page-small", small), ("page-largest", large)):
            if "page" in one.values:
                large.values[name] = one.values["page"]
        if "import" in self.groups:
            self._import(large, rounds)

    def measure_alone(self, rounds: int) -> None:
        """Measure what no database plays a part in."""
        plan = Plan(self.groups, rounds, 1, 0)
        if {"weight", "lighthouse"} & set(self.groups):
            place = self._place(SQLITE, "pages")
            try:
                cells.pages(self.alone, place, plan, self.tell)
            except (Failed, DidNotStart) as reason:
                self.alone.notes["broken off"] = str(reason).splitlines()[0]
            finally:
                place.clear()
        if "search" in self.groups:
            self.tell("the same wishes in other words")
            place = self._place(SQLITE, "alike")
            try:
                self.alone.notes["look-alikes"] = inside.ask("alike", place.settings)
            except Failed as reason:
                self.alone.failed["look-alikes"] = str(reason)
            finally:
                place.clear()
        if "start" in self.groups:
            self.tell("starting")

            def imports() -> dict[str, list[float]]:
                taken = starting.imports(9)
                return {"import-app": taken[starting.APP], "import-flask": taken[starting.FLASK]}

            self.alone.attempt(("import-app", "import-flask"), imports)
            try:
                self.alone.values["start"] = starting.make_run(self.folder, rounds)
            except (DidNotStart, PortTaken) as reason:
                self.alone.failed["start"] = str(reason).splitlines()[0]

    def _import(self, cell: Cell, rounds: int) -> None:
        self.tell(f"{cell.database}: importing")
        place = self._place(cell.database, f"{cell.database}_import")

        def act() -> dict[str, list[float]]:
            found = inside.ask("import", place.settings, rounds=rounds)
            cell.notes["import"] = {"answers": found["answers"]}
            return {"import": found["import"], "executemany": found["executemany"]}

        cell.attempt(("import", "executemany"), act)
        self._clear(place, f"{cell.database}_import")

    def _place(self, database: str, name: str) -> Installation:
        folder = self.folder / name
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


def _sizes(given: str | None, *, quick: bool) -> list[int]:
    """The sizes that are asked for, and the one that SIZE adds."""
    sizes = {int(one) for one in given.split(",")} if given else {SMALL}
    if not given and not quick:
        sizes |= {LARGE, int(os.environ.get("SIZE") or LARGE)}
    return sorted(sizes)


def _chosen(given: str | None, known: Sequence[str]) -> list[str]:
    chosen = given.split(",") if given else list(known)
    if unknown := set(chosen) - set(known):
        raise click.BadParameter(f"{', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return [one for one in known if one in chosen]


@click.command()
@click.option("--quick", is_flag=True, help="1,000 ideas on SQLite, one short round, no files.")
@click.option("--only", help=f"Some groups, with commas between: {', '.join(GROUPS)}.")
@click.option("--databases", help="sqlite, postgresql, or both with a comma (both).")
@click.option("--sizes", help="Numbers of ideas, with commas between (1000,100000).")
@click.option("--rounds", type=int, help="Rounds of each measurement (3).")
@click.option("--seconds", type=int, help="Seconds of each round (1 or 2, by the size).")
@click.option("--results", type=click.Path(path_type=Path), help="Where the two files go.")
def main(
    quick: bool,
    only: str | None,
    databases: str | None,
    sizes: str | None,
    rounds: int | None,
    seconds: int | None,
    results: Path | None,
) -> None:
    """Measure how fast the site is, and hold it against its budgets.

    SIZE=1000000 in the environment adds that number of ideas. docs/BENCHMARKS.md says how to read
    what comes out.
    """
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(143))
    everything = [group for group in GROUPS if not quick or group not in SLOW]
    groups = _chosen(only, GROUPS) if only else everything
    on = _chosen(databases, BOTH) if databases or not quick else [SQLITE]
    try:
        require_driver()
        refuse_taken_ports()
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cv-bench-")))
            server = None
            if POSTGRESQL in on:
                server = stack.enter_context(PostgresServer.start(durable=True))
            about = machine.described(folder, _version_of(server))
            run = Run(folder, server, groups)
            for database in on:
                run.measure(
                    database,
                    _sizes(sizes, quick=quick),
                    rounds or (1 if quick else 3),
                    seconds or (1 if quick else None),
                )
            run.measure_alone(rounds or (1 if quick else 3))
    except (NoDriver, PortTaken, NoPostgres) as refusal:
        raise click.ClickException(str(refusal)) from None
    found = report.rows(run.cells, run.alone, groups)
    print(report.printed(found))
    print(report.summary(found))
    if results or not (quick or only):
        recorded = report.record(about, run.cells, run.alone, found)
        text = report.markdown(about, run.cells, run.alone, found)
        for path in report.write(
            results or RESULTS, machine.name_of_results(about), recorded, text
        ):
            print(path.name)


def _version_of(server: PostgresServer | None) -> str | None:
    if server is None:
        return None
    with psycopg.connect(server.url("postgres")) as connection:
        said = connection.execute("SHOW server_version").fetchone()
    return str(said[0]).split()[0] if said else None


if __name__ == "__main__":
    main()
