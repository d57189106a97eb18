"""``python -m benchmarks`` (``make bench``): measure all, and hold it against the budgets."""

import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click
import psycopg

from benchmarks import machine, report
from benchmarks.budgets import BOTH, BUDGETS, LARGE, POSTGRESQL, SMALL, SQLITE
from benchmarks.drive import NoDriver, require_driver
from benchmarks.run import Results, Run
from benchmarks.servers import PortTaken, refuse_taken_ports
from tests.servers.folders import NoPostgres
from tests.servers.postgres import PostgresServer

GROUPS = tuple(dict.fromkeys(budget.group for budget in BUDGETS))
SLOW = ("import", "lighthouse", "memory", "retention", "start")
"""What a quick run leaves out."""
RESULTS = Path(__file__).with_name("results")


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
@click.option("--minutes", type=float, help="After how long nothing more is begun.")
@click.option("--results", type=click.Path(path_type=Path), help="The folder for the two files.")
def main(
    quick: bool,
    only: str | None,
    databases: str | None,
    sizes: str | None,
    rounds: int | None,
    seconds: int | None,
    minutes: float | None,
    results: Path | None,
) -> None:
    """Measure how fast the site is, and hold it against its budgets.

    SIZE=1000000 in the environment adds that number of ideas. What was found is written down as it
    goes on. docs/BENCHMARKS.md says how to read what comes out.
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
            kept = None
            if results or not (quick or only):
                name = "-".join([machine.name_of_results(about), *(groups if only else [])])
                kept = Results(results or RESULTS, name, about)
            run = Run(
                folder,
                server,
                groups,
                on,
                _sizes(sizes, quick=quick),
                minutes=minutes,
                results=kept,
            )
            run.measure(rounds or (1 if quick else 3), seconds or (1 if quick else None))
            paths = run.end()
    except (NoDriver, PortTaken, NoPostgres) as refusal:
        raise click.ClickException(str(refusal)) from None
    found = run.rows()
    print(report.printed(found))
    print(report.summary(found))
    for path in paths:
        print(path.name)


def _version_of(server: PostgresServer | None) -> str | None:
    if server is None:
        return None
    with psycopg.connect(server.url("postgres")) as connection:
        said = connection.execute("SHOW server_version").fetchone()
    return str(said[0]).split()[0] if said else None


if __name__ == "__main__":
    main()
