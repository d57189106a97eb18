"""The benchmarks reckon rightly, hide nothing, and refuse to measure beside strangers."""

import json
import socket

import pytest
from click.testing import CliRunner

from benchmarks import drive, figures, report, servers
from benchmarks.__main__ import main
from benchmarks.budgets import BUDGETS, FLOOR_NAMES, POSTGRESQL, SQLITE
from benchmarks.cell import Cell

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
    assert verdicts(cell) == {
        "list": ("met", ""),
        "list-in": ("not measured", "3 requests were refused"),
    }
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
