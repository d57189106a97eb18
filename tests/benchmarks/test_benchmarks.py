"""The benchmarks reckon rightly, hide nothing, and refuse to measure beside strangers."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import drive, figures, lighthouse, openly, report, servers, targets
from benchmarks.__main__ import main
from benchmarks.budgets import BUDGETS, FLOOR_NAMES, POSTGRESQL, SQLITE
from benchmarks.cell import Cell, Plan
from benchmarks.run import Results, Run

RATES = {"f-list": [100.0, 200.0, 50.0], "list": [50.0, 80.0, 26.0]}


def verdicts(cell: Cell, group: str = "list") -> dict[str, tuple[str, str]]:
    alone = Cell(SQLITE, 1_000)
    found = report.rows([cell], alone, [group])
    return {row.budget.name: (row.verdict, row.reason) for row in found}


def test_a_ratio_is_the_median_of_the_ratios_of_each_round() -> None:
    found = figures.ratio(RATES["list"], RATES["f-list"])
    assert (found.value, found.low, found.high) == (0.5, 0.4, 0.52)


@pytest.mark.parametrize(
    ("measured", "floor"), [([], []), ([1.0], [1.0, 2.0]), ([1.0], [0.0])], ids=str
)
def test_there_is_no_ratio_without_a_floor_for_each_round(
    measured: list[float], floor: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"rounds|nought"):
        figures.ratio(measured, floor)


def test_the_ninety_fifth_of_a_hundred() -> None:
    assert figures.percentile([float(one) for one in range(1, 101)], 0.95) == 95
    assert figures.percentile([7.0], 0.95) == 7


def test_a_bound_itself_is_met() -> None:
    assert figures.verdict(0.45, least=0.45) == "met"
    assert figures.verdict(0.449, least=0.45) == "missed"
    assert figures.verdict(130, most=130) == "met"
    assert figures.verdict(130.1, most=130) == "missed"


def test_a_budget_that_is_missed_is_shown_as_missed() -> None:
    cell = Cell(SQLITE, 1_000, RATES | {"list": [10.0, 20.0, 5.0]})
    assert verdicts(cell)["list"] == ("missed", "")
    assert "**missed**" in report.markdown(
        {"date": "today"}, [cell], Cell(SQLITE, 1_000), report.rows([cell], cell, ["list"])
    )


def test_what_was_not_measured_says_why() -> None:
    cell = Cell(SQLITE, 1_000, dict(RATES), failed={"list-in": "3 requests were refused"})
    found = verdicts(cell)
    assert found["list"] == ("met", "")
    assert found["list-in"] == ("not measured", "3 requests were refused")
    assert found["list-beside"] == ("not measured", "it did not run")
    few = Cell(SQLITE, 1_000, {"search-p95": [2.0]})
    assert verdicts(few, "search")["search"] == ("not measured", "needs 1,000,000 ideas")


def test_a_budget_of_one_database_is_held_against_that_one_alone() -> None:
    assert "answer-slow-disk" not in verdicts(Cell(SQLITE, 1_000), "answer")
    assert "answer-slow-disk" in verdicts(Cell(POSTGRESQL, 1_000), "answer")


def test_every_budget_has_a_name_of_its_own_a_bound_and_a_named_floor() -> None:
    assert len({budget.name for budget in BUDGETS}) == len(BUDGETS)
    for budget in BUDGETS:
        assert budget.judges(SQLITE) or budget.judges(POSTGRESQL), budget.name
        assert budget.floor is None or budget.floor in FLOOR_NAMES, budget.name


def test_refused_and_lost_requests_are_no_speed() -> None:
    said = {"microseconds": 2_000_000, "requests": 500, "refused": 0, "lost": 0}
    said |= {"p50": 4_000, "p95": 9_000}
    assert drive.heard(f"Running 2s test\n{json.dumps(said)}\n").rate == 250
    for wrong in ("refused", "lost"):
        with pytest.raises(drive.Failed, match="of 500 requests"):
            drive.heard(json.dumps(said | {wrong: 1}))


def test_nothing_is_measured_while_somebody_holds_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        monkeypatch.setitem(servers.PORTS, servers.SITE, port)
        monkeypatch.setattr("benchmarks.__main__.require_driver", lambda: None)
        said = CliRunner().invoke(main, ["--quick"])
    assert said.exit_code == 1
    assert f"Something listens on 127.0.0.1:{port}" in said.output


def test_without_a_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    said = CliRunner().invoke(main, ["--quick"])
    assert said.exit_code == 1
    assert "tools/wrk" in said.output


def test_what_one_measurement_meets_is_told_and_the_others_go_on() -> None:
    cell = Cell(SQLITE, 1_000)

    def broken() -> dict[str, float]:
        raise ZeroDivisionError("by nought\nin a long story")

    cell.attempt(("list", "list-in"), broken)
    cell.attempt(("f-list",), lambda: {"f-list": 7.0})
    assert cell.values == {"f-list": [7.0]}
    assert verdicts(cell)["list-in"] == ("not measured", "ZeroDivisionError: in a long story")


def test_a_stretch_that_breaks_off_says_why_there_are_no_figures() -> None:
    cell, plan = Cell(SQLITE, 1_000), Plan(["list"], 1, 1, 0)

    def broken() -> None:
        raise drive.Failed("seed: no disk is left\nand more")

    cell.stretch("filling", plan, broken)
    assert verdicts(cell)["list"] == ("not measured", "filling: seed: no disk is left")
    late = Cell(SQLITE, 1_000)
    late.stretch("driving", Plan(["list"], 1, 1, 0, lambda: True), broken)
    assert verdicts(late)["list"] == ("not measured", "driving: no time was left")


def test_a_run_that_is_killed_leaves_what_was_measured(tmp_path: Path) -> None:
    results = Results(tmp_path, "today", {"date": "today"})
    run = Run(tmp_path, None, ["list"], [SQLITE], [1_000, 100_000], results=results)
    run.cells[0].values |= RATES
    run.tell("reading")
    left = json.loads((tmp_path / "today-unfinished.json").read_text())
    assert left["machine"]["unfinished"] == "reading"
    found = {(one["budget"], one["ideas"]): one["verdict"] for one in left["budgets"]}
    assert found["list", 1_000] == "met"
    assert found["list", 100_000] == "not measured"
    assert "unfinished: reading" in (tmp_path / "today-unfinished.md").read_text()
    assert [path.name for path in run.end()] == ["today.json", "today.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["today.json", "today.md"]


def driven(said: list[drive.Run | str], monkeypatch: pytest.MonkeyPatch) -> targets.Driven:
    """What comes of a target whose runs end like this, one after the other."""
    coming = iter(said)

    def once(*_arguments: object) -> drive.Run:
        one = next(coming)
        if isinstance(one, str):
            raise drive.Failed(one)
        return one

    monkeypatch.setattr(targets, "_once", once)
    into = targets.Driven(web_processes={servers.SITE: list})
    list_ = targets.Target("list", servers.SITE, "list", list)
    targets.in_rounds([list_], 2, 1, into)
    return into


def test_a_target_that_fails_is_driven_once_more_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fine = drive.Run(100.0, 100, 1.0, 2.0)
    once = driven([fine, "1 was lost", fine, fine], monkeypatch)
    assert len(once.runs["list"]) == 2
    assert once.again == {"list": "1 was lost"}
    twice = driven([fine, "1 was lost", fine, "2 were lost"], monkeypatch)
    assert (twice.runs, twice.failed) == ({}, {"list": "2 were lost"})
    silent = driven([fine, drive.Run(0.0, 0, 0.0, 0.0), fine], monkeypatch)
    assert silent.failed == {"list": "no answer within 1 s"}


def test_a_widget_whose_subject_is_gone_is_no_speed() -> None:
    widget = openly.asked({"top": "/widgets/1", "idea": "/widgets/2"})[0]
    widget.hold(drive.Answer(200, {}, b"<li>" * 5))
    for status, body in ((200, b"<p>It is gone.</p>"), (404, b"<li>" * 5)):
        with pytest.raises(drive.Failed, match=rf"/widgets/1: {status}, \d × <li>, not 5"):
            widget.hold(drive.Answer(status, {}, body))


def test_the_api_names_its_next_page_or_that_is_told() -> None:
    further = {"next": "https://citizens.example.gov.uk/api/v1/ideas?after=x"}
    assert openly.next_page(json.dumps(further).encode()) == "/api/v1/ideas?after=x"
    with pytest.raises(drive.Failed, match="has one page"):
        openly.next_page(b'{"next": null}')


def test_everything_asked_openly_has_its_budgets() -> None:
    widgets = {"top": "/widgets/1", "idea": "/widgets/2"}
    assert tuple(one.name for one in openly.asked(widgets)) == openly.NAMES
    sources = {budget.source for budget in BUDGETS if budget.group == "openly"}
    for name in openly.NAMES:
        assert {name, f"{name}-beside", f"statements-{name}"} <= sources


def test_lighthouse_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report_ = {
        "categories": {name: {"score": 0.985} for name in lighthouse.CATEGORIES},
        "audits": {
            "total-blocking-time": {"title": "Blocking", "score": 1, "numericValue": 12.5},
            "cumulative-layout-shift": {"title": "Shift", "score": 0.5, "numericValue": 0.1},
        },
    }
    program = tmp_path / "lighthouse"
    program.write_text(
        '#!/bin/sh\nfor one; do case "$one" in --output-path=*)\n'
        f"echo '{json.dumps(report_)}' > \"${{one#--output-path=}}\";; esac; done\n"
    )
    program.chmod(0o755)
    found = lighthouse.measure(program, "http://127.0.0.1:1", tmp_path)
    assert found == dict.fromkeys(lighthouse.CATEGORIES, 98.5) | {"blocking": 12.5, "shift": 0.1}
    assert lighthouse.faults(tmp_path / "lighthouse.json") == ["Shift"]
    program.write_text("#!/bin/sh\necho 'No Chrome was found' >&2\nexit 1\n")
    with pytest.raises(drive.Failed, match="No Chrome was found"):
        lighthouse.measure(program, "http://127.0.0.1:1", tmp_path)
