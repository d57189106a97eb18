"""One database of one size: seeded, measured, thrown away."""

import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from benchmarks import inside, lighthouse, memory, openly, servers, weight
from benchmarks.beside import committing
from benchmarks.cell import Cell, Installation, Plan, told
from benchmarks.drive import Failed
from benchmarks.servers import COMMAND, FLOORS, PORTS, SITE, Server, environment
from benchmarks.targets import Driven, Target, Town, in_rounds

FLOORED = ("list", "idea", "again", "openly", "answer")
"""The groups that are driven against floors."""


def measure(
    cell: Cell, place: Installation, plan: Plan, tell: Callable[[str], None], *, last: bool
) -> None:
    """Fill a database and measure everything of the plan that belongs to one.

    ``last`` is the largest size of this database, on which most things are measured once.
    """
    where = f"{cell.database}, {cell.ideas:,} ideas"
    facts: dict[str, Any] = {}

    def fill() -> None:
        facts.update(inside.ask("seed", place.settings, seconds=plan.patience, ideas=cell.ideas))
        cell.notes["seed"] = {name: facts[name] for name in ("answers", "comments", "seconds")}

    tell(f"{where}: filling")
    cell.stretch("filling", plan, fill)
    if not facts:
        return
    if set(plan.groups) & {*FLOORED, "memory"}:
        cell.stretch(
            "driving", plan, lambda: _over_the_wire(cell, place, plan, Town(facts), tell, last)
        )
        tell(f"{where}: recounting")
        cell.stretch("recounting", plan, lambda: _hold_figures(cell, place, plan))
    _from_inside(cell, place, plan, facts, tell, last=last)


def _over_the_wire(
    cell: Cell,
    place: Installation,
    plan: Plan,
    town: Town,
    tell: Callable[[str], None],
    last: bool,
) -> None:
    """Drive the served site, and the floors beside it."""
    with _served(place) as (site, floors):
        web_processes = site.web_processes
        driven = Driven(web_processes={SITE: web_processes, FLOORS: floors.web_processes})

        def drive(what: str, targets: Sequence[Target]) -> None:
            wanted = _chosen(targets, plan)
            if not wanted:
                return
            tell(f"{cell.database}, {cell.ideas:,} ideas: {what}")
            cell.stretch(what, plan, lambda: in_rounds(wanted, plan.rounds, plan.seconds, driven))
            _take(cell, driven)

        drive("reading", [*town.reading(), *openly.reading(town.facts)])
        looking = [*town.looking(), *openly.looking(town.facts)]
        if _chosen(looking, plan):
            with committing(place.settings) as commits:
                drive("looking", looking)
            cell.notes["commits beside"] = round(commits.rate)
        drive("answering", town.answering())
        if "answer" in plan.groups:
            _hold_pages(cell, town, driven)
            if place.slow_disk is not None and last:
                place.slow_disk(True)
                drive("answering on a slow disk", town.slow_disk())
                place.slow_disk(False)
        if driven.runs:
            cell.notes["megabytes after driving"] = [
                round(servers.resident_megabytes(one)) for one in web_processes()
            ]
        if last and "memory" in plan.groups:
            tell(f"{cell.database}, {cell.ideas:,} ideas: {plan.requests_for_memory:,} requests")
            _remember(cell, town, plan, web_processes)


def _take(cell: Cell, driven: Driven) -> None:
    """Put what was driven until now into the cell."""
    for name, runs in driven.runs.items():
        cell.values[name] = [run.rate for run in runs]
        cell.notes.setdefault("times", {})[name] = {
            "p50": [round(run.p50, 2) for run in runs],
            "p95": [round(run.p95, 2) for run in runs],
            "cpu": [round(run.cpu) for run in runs],
        }
    for name in driven.failed:
        cell.values.pop(name, None)
    cell.failed |= driven.failed
    if driven.again:
        cell.notes["driven again"] = dict(driven.again)


def pages(cell: Cell, place: Installation, plan: Plan, tell: Callable[[str], None]) -> None:
    """What a browser makes of the pages: their weight, and Lighthouse's judgement."""
    facts = inside.ask("seed", place.settings, seconds=plan.patience, ideas=cell.ideas)
    with _served(place, with_floors=False):
        if "weight" in plan.groups:
            tell("the weight of pages")
            names = ("first-view-requests", "first-view-bytes", "html", "widget-bytes")
            cell.attempt(names, lambda: _weight(cell, facts["widgets"]["top"]))
        if "lighthouse" in plan.groups:
            tell("Lighthouse (installing it takes a while)")
            _judge(cell, place, facts, plan)


def _chosen(targets: Sequence[Target], plan: Plan) -> list[Target]:
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
    _take(cell, driven)


def _hold_figures(cell: Cell, place: Installation, plan: Plan) -> None:
    """Recount: a fast answer that counts wrongly is none."""
    done = subprocess.run(
        [COMMAND, "check"],
        env=environment(place.settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=plan.patience,
    )
    cell.notes["check"] = (done.stdout or done.stderr).strip().splitlines()[-1:]
    if done.returncode:
        for name in [name for name in cell.values if name.startswith("answer")]:
            del cell.values[name]
            cell.failed[name] = f"the figures are wrong: {cell.notes['check']}"


def _from_inside(
    cell: Cell,
    place: Installation,
    plan: Plan,
    facts: Mapping[str, Any],
    tell: Callable[[str], None],
    *,
    last: bool,
) -> None:
    def ask(task: str, **arguments: Any) -> dict[str, Any]:
        tell(f"{cell.database}, {cell.ideas:,} ideas: from inside: {task}")
        if plan.late():
            raise Failed("no time was left")
        return inside.ask(task, place.settings, seconds=plan.patience, **arguments)

    def orders() -> dict[str, float]:
        found = cell.notes["orders"] = ask("orders")
        return {"orders-slowest": found["slowest"]}

    def search() -> dict[str, float]:
        found = cell.notes["search"] = ask("search")
        return {"search-p95": found["search"], "alike-p95": found["alike"]}

    def statements() -> dict[str, float]:
        token, idea, answered = facts["tokens"][0], facts["commented"], facts["alone"]
        found = ask("statements", token=token, idea=idea, answered=answered)
        return {f"statements-{name}": number for name, number in found.items()}

    def statements_openly() -> dict[str, float]:
        found = ask("statements-openly", widgets=facts["widgets"])
        return {f"statements-{name}": number for name, number in found.items()}

    inner: dict[str, tuple[Collection[str], Callable[[], Mapping[str, float]]]] = {
        "inside": (("page",), lambda: {"page": ask("page")["microseconds"]}),
        "orders": (("orders-slowest",), orders),
        "search": (("search-p95", "alike-p95"), search),
        "statements": ([f"statements-{one}" for one in ("list", "idea", "answer")], statements),
        "openly": ([f"statements-{one}" for one in openly.NAMES], statements_openly),
        # the last of all: it writes many answers that nobody counted
        "growth": (("growth",), lambda: {"growth": ask("growth", ideas=1_000)["bytes"]}),
    }
    for group, (names, act) in inner.items():
        if group in plan.groups and (last or group == "inside"):
            cell.attempt(names, act)


def _weight(cell: Cell, widget: str) -> dict[str, float]:
    found = cell.notes["weight"] = weight.measure(PORTS[SITE])
    framed = cell.notes["weight of a widget"] = weight.of_widget(PORTS[SITE], widget)
    return {
        "first-view-requests": found["requests"],
        "first-view-bytes": found["kilobytes"],
        "html": found["html"],
        "widget-bytes": framed["kilobytes"],
    }


def _judge(cell: Cell, place: Installation, facts: Mapping[str, Any], plan: Plan) -> None:
    """Ask Lighthouse about both pages, in rounds."""
    measured = (*lighthouse.CATEGORIES, "blocking", "shift")
    pages = {"list": "/ideas", "idea": f"/ideas/CV-{facts['commented']}"}
    names = [f"lighthouse-{page}-{one}" for page in pages for one in measured]
    found: dict[str, list[float]] = {name: [] for name in names}

    def judge() -> dict[str, list[float]]:
        program = lighthouse.install(place.folder / "npm")
        for _ in range(plan.rounds):
            for page, path in pages.items():
                url = f"http://127.0.0.1:{PORTS[SITE]}{path}"
                try:
                    judged = lighthouse.measure(program, url, place.folder)
                except Failed as reason:
                    cell.failed |= {one: told(reason) for one in names if f"-{page}-" in one}
                    continue
                for name, value in judged.items():
                    found[f"lighthouse-{page}-{name}"].append(value)
                wanting = lighthouse.faults(place.folder / "lighthouse.json")
                cell.notes[f"lighthouse: what the {page} could do better"] = wanting
            if plan.late():
                break
        return {name: values for name, values in found.items() if values}

    cell.attempt(names, judge)
