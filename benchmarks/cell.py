"""One database of one size: seeded, measured, thrown away."""

import shutil
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import inside, lighthouse, memory, servers, weight
from benchmarks.beside import committing
from benchmarks.drive import Failed
from benchmarks.servers import COMMAND, FLOORS, PORTS, SITE, Server, environment
from benchmarks.targets import Driven, Target, Town, in_rounds

FLOORED = ("list", "idea", "again", "answer")
"""The groups that are driven against floors."""


@dataclass(frozen=True)
class Plan:
    """What to measure, and for how long. ``groups`` are those of the budgets."""

    groups: Collection[str]
    rounds: int
    seconds: int
    requests_for_memory: int


@dataclass
class Cell:
    """What was measured on one database with so many ideas.

    ``values`` holds a number a round by measurement; ``failed`` why one has none; ``notes`` what
    stands beside the figures.
    """

    database: str
    ideas: int
    values: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def attempt(self, names: Collection[str], act: Callable[[], Mapping[str, Any]]) -> None:
        """Take the measurements of ``act``; where it fails, note why for each of the names."""
        try:
            found = act()
        except (Failed, OSError, subprocess.SubprocessError, AssertionError) as reason:
            self.failed |= dict.fromkeys(names, str(reason) or type(reason).__name__)
            return
        for name, value in found.items():
            self.values[name] = (
                [float(one) for one in value] if isinstance(value, list) else [value]
            )


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


def measure(
    cell: Cell, place: Installation, plan: Plan, tell: Callable[[str], None], *, last: bool
) -> None:
    """Fill a database and measure everything of the plan that belongs to one.

    ``last`` is the largest size of this database, on which most things are measured once.
    """
    tell(f"{cell.database}, {cell.ideas:,} ideas: filling")
    facts = inside.ask("seed", place.settings, ideas=cell.ideas)
    cell.notes["seed"] = {name: facts[name] for name in ("answers", "comments", "seconds")}
    town = Town(facts)
    with _served(place) as (site, floors):
        web_processes = site.web_processes
        driven = Driven(web_processes={SITE: web_processes, FLOORS: floors.web_processes})
        if wanted := _chosen(town.reading(), plan):
            tell(f"{cell.database}, {cell.ideas:,} ideas: reading")
            in_rounds(wanted, plan.rounds, plan.seconds, driven)
        if wanted := _chosen(town.looking(), plan):
            with committing(place.settings) as commits:
                in_rounds(wanted, plan.rounds, plan.seconds, driven)
            cell.notes["commits beside"] = round(commits.rate)
        if wanted := _chosen(town.answering(), plan):
            tell(f"{cell.database}, {cell.ideas:,} ideas: answering")
            in_rounds(wanted, plan.rounds, plan.seconds, driven)
            _hold_pages(cell, town, driven)
            if place.slow_disk is not None and last:
                place.slow_disk(True)
                in_rounds(town.slow_disk(), plan.rounds, plan.seconds, driven)
                place.slow_disk(False)
        if driven.runs:
            cell.notes["megabytes after driving"] = [
                round(servers.resident_megabytes(one)) for one in web_processes()
            ]
        if last and "memory" in plan.groups:
            tell(f"{cell.database}, {cell.ideas:,} ideas: {plan.requests_for_memory:,} requests")
            _remember(cell, town, plan, web_processes)
    for name, runs in driven.runs.items():
        cell.values[name] = [run.rate for run in runs]
        cell.notes.setdefault("times", {})[name] = {
            "p50": [round(run.p50, 2) for run in runs],
            "p95": [round(run.p95, 2) for run in runs],
            "cpu": [round(run.cpu) for run in runs],
        }
    cell.failed |= driven.failed
    _hold_figures(cell, place)
    tell(f"{cell.database}, {cell.ideas:,} ideas: from inside")
    _from_inside(cell, place, plan, facts, last=last)


def pages(cell: Cell, place: Installation, plan: Plan, tell: Callable[[str], None]) -> None:
    """What a browser makes of the pages: their weight, and Lighthouse's judgement."""
    facts = inside.ask("seed", place.settings, ideas=cell.ideas)
    with _served(place, with_floors=False):
        if "weight" in plan.groups:
            tell("the weight of pages")
            names = ("first-view-requests", "first-view-bytes", "html")
            cell.attempt(names, lambda: _weight(cell))
        if "lighthouse" in plan.groups:
            tell("Lighthouse (installing it takes a while)")
            _judge(cell, place, facts)


def _chosen(targets: list[Target], plan: Plan) -> list[Target]:
    """The targets of the plan's groups, and the floors where any of them needs one."""
    kept = [target for target in targets if target.group in plan.groups]
    return [one for one in targets if one.group == "floor" or one in kept] if kept else []


@contextmanager
def _served(place: Installation, *, with_floors: bool = True) -> Iterator[tuple[Server, Server]]:
    """The site, and the floors beside it."""
    site = servers.site(place.settings, place.folder / "site.log")
    floors = servers.floors(place.settings, place.folder / "floors.log")
    try:
        site.start()
        if with_floors:
            floors.start()
        yield site, floors
    finally:
        floors.stop()
        site.stop()


def _remember(cell: Cell, town: Town, plan: Plan, web_processes: Callable[[], list[int]]) -> None:
    def act() -> dict[str, float]:
        samples = memory.samples(
            PORTS[SITE], town.browsing(), web_processes, plan.requests_for_memory
        )
        cell.notes["megabytes by requests"] = samples
        grown = memory.growth(samples, plan.requests_for_memory)
        if grown is None:
            cell.failed["memory-flat"] = f"{samples[-1][0]:,} requests, not enough"
        found = {"memory": max(megabytes for _requests, megabytes in samples)}
        return found if grown is None else found | {"memory-flat": grown}

    cell.attempt(("memory", "memory-flat"), act)


def _hold_pages(cell: Cell, town: Town, driven: Driven) -> None:
    """Look for stale pages: a fast 304 that hides a new figure is none."""
    try:
        stale = cell.notes["stale pages"] = town.stale()
    except Failed as reason:
        cell.notes["stale pages"] = str(reason)
        return
    if stale:
        for name in [name for name in driven.runs if name.startswith("again")]:
            del driven.runs[name]
            driven.failed[name] = f"{stale} stale pages"


def _hold_figures(cell: Cell, place: Installation) -> None:
    """Recount: a fast answer that counts wrongly is none."""
    done = subprocess.run(
        [COMMAND, "check"],
        env=environment(place.settings),
        capture_output=True,
        text=True,
        check=False,
    )
    cell.notes["check"] = (done.stdout or done.stderr).strip().splitlines()[-1:]
    if done.returncode:
        for name in [name for name in cell.values if name.startswith("answer")]:
            del cell.values[name]
            cell.failed[name] = f"the figures are wrong: {cell.notes['check']}"


def _from_inside(
    cell: Cell, place: Installation, plan: Plan, facts: Mapping[str, Any], *, last: bool
) -> None:
    settings = place.settings
    if "inside" in plan.groups:
        cell.attempt(
            ("page",),
            lambda: {"page": inside.ask("page", settings)["microseconds"]},
        )
    if not last:
        return
    if "orders" in plan.groups:

        def orders() -> dict[str, float]:
            found = cell.notes["orders"] = inside.ask("orders", settings)
            return {"orders-slowest": found["slowest"]}

        cell.attempt(("orders-slowest",), orders)
    if "search" in plan.groups:

        def search() -> dict[str, float]:
            found = cell.notes["search"] = inside.ask("search", settings)
            return {"search-p95": found["search"], "alike-p95": found["alike"]}

        cell.attempt(("search-p95", "alike-p95"), search)
    if "statements" in plan.groups:

        def statements() -> dict[str, float]:
            found = inside.ask(
                "statements",
                settings,
                token=facts["tokens"][0],
                idea=facts["commented"],
                answered=facts["alone"],
            )
            return {f"statements-{name}": number for name, number in found.items()}

        cell.attempt([f"statements-{name}" for name in ("list", "idea", "answer")], statements)
    if "growth" in plan.groups:  # the last of all: it writes many answers that nobody counted
        cell.attempt(
            ("growth",), lambda: {"growth": inside.ask("growth", settings, ideas=1_000)["bytes"]}
        )


def _weight(cell: Cell) -> dict[str, float]:
    found = cell.notes["weight"] = weight.measure(PORTS[SITE])
    return {
        "first-view-requests": found["requests"],
        "first-view-bytes": found["kilobytes"],
        "html": found["html"],
    }


def _judge(cell: Cell, place: Installation, facts: Mapping[str, Any]) -> None:
    measured = (*lighthouse.CATEGORIES, "blocking", "shift")
    names = [f"lighthouse-{page}-{one}" for page in ("list", "idea") for one in measured]
    try:
        program = lighthouse.install(place.folder / "npm")
    except (Failed, OSError, subprocess.SubprocessError) as reason:
        cell.failed |= dict.fromkeys(names, str(reason))
        return
    for page, path in (("list", "/ideas"), ("idea", f"/ideas/CV-{facts['commented']}")):
        url = f"http://127.0.0.1:{PORTS[SITE]}{path}"

        def act(page: str = page, url: str = url) -> dict[str, float]:
            found = lighthouse.measure(program, url, place.folder)
            wanting = lighthouse.faults(place.folder / "lighthouse.json")
            cell.notes[f"lighthouse: what the {page} could do better"] = wanting
            return {f"lighthouse-{page}-{name}": value for name, value in found.items()}

        cell.attempt([name for name in names if name.startswith(f"lighthouse-{page}")], act)
