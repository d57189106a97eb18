"""No breakdown shows a small number, nor lets one be worked out: not even by who knows the rules.

Overall figures stay exact: those of an idea, of a challenge, of a month. What is told by kind goes
through ``small_cells``; what counts people by ward, age or opinion group stands in ``COUNTED`` with
the reason why nobody can be picked out.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from citizen_voice import register
from citizen_voice.board import wilson
from citizen_voice.board.table import STEP
from citizen_voice.moderation.figures import Month
from citizen_voice.paths import ROOT
from citizen_voice.small_cells import SMALL, is_small, shown, withheld

CODE = ROOT / "citizen_voice"

Seen = defaultdict[tuple[int | None, ...], list[set[int]]]
"""What a reader sees → the numbers that each cell may have."""

KINDS = {
    *("ward_id", "ward", "age_band", "age", "group_number", "language", "gender", "ethnicity"),
    *("category", "outcome", "ground_id", "act", "kind", "device", "disability"),
}
"""By what people, or what they did, could be told apart."""

COUNTED = {
    "board/queries/across.py: group_number": "one rounded figure for each idea, of no small group",
    "ideas/queries/totals.py: ward_id": "ideas, which are read one by one; to administrators",
    "moderation/figures.py: kind": "reports and appeals: small_cells, once the month is over",
    "moderation/figures.py: act": "decisions: small_cells, once the month is over",
    "moderation/figures.py: ground_id": "decisions: small_cells, where nothing of acts is hidden",
    "moderation/queries/reasons.py: category": "what is said of one case, to who decides it",
    "records/queries/__init__.py: kind": "the newest assessment of each risk; nothing is counted",
    "outbox/queries.py: kind": "letters by what they are, to administrators; of nobody's kind",
}
"""Where something is counted by such a kind: file and column, and why nobody is picked out."""


@cache
def counted() -> frozenset[str]:
    """Every ``group_by`` by a kind, as the keys of ``COUNTED``."""
    return frozenset(_counted())


def _counted() -> Iterator[str]:
    for path in sorted(CODE.rglob("*.py")):
        if "cli" in path.relative_to(CODE).parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        starred = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "group_by":
                for name in sorted(named(node.args, starred) & KINDS):
                    yield f"{path.relative_to(CODE)}: {name}"


def named(args: list[ast.expr], starred: dict[str, ast.expr]) -> set[str]:
    """The columns among some arguments; ``*what`` stands for what was assigned to it."""
    found = set()
    for arg in args:
        inner = arg.value if isinstance(arg, ast.Starred) else arg
        if isinstance(arg, ast.Starred) and isinstance(inner, ast.Name):
            inner = starred.get(inner.id, inner)
        for part in ast.walk(inner):
            if isinstance(part, ast.Attribute):
                found.add(part.attr)
            elif isinstance(part, ast.Name):
                found.add(part.id)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                found.add(part.value)
    return found


def test_whatever_counts_by_a_kind_of_people_is_known_here() -> None:
    unknown = sorted(counted() - set(COUNTED))
    assert not unknown, (
        "Let nobody be picked out (citizen_voice/small_cells.py), and say in COUNTED how: "
        f"{unknown}"
    )


def test_nothing_is_known_here_that_is_not_there() -> None:
    assert sorted(set(COUNTED) - counted()) == []


def test_ages_and_groups_are_read_by_few_files_none_of_which_counts_them() -> None:
    def reads(word: str) -> set[str]:
        return {
            str(path.relative_to(CODE))
            for path in CODE.rglob("*.py")
            if f".{word}" in (text := path.read_text(encoding="utf-8"))
            and ("func.count" in text or "func.sum" in text or "Counter(" in text)
        }

    assert reads("age_band") <= {
        "board/queries/across.py",  # leaves under-18s out
        "consent/queries/ledger.py",  # writes to adults alone
        "pilots/queries/changed.py",  # names adults alone
    }
    assert reads("group_number") <= {"board/queries/across.py"}


def test_no_column_says_more_about_a_person_than_a_group_of_ages() -> None:
    said = {name for name in register.columns("persons") if name in KINDS - {"kind", "language"}}
    assert said == {"age_band"}


@pytest.mark.parametrize(("kinds", "largest"), [(2, 34), (3, 30), (4, 18)])
def test_no_small_number_of_a_table_can_be_worked_out(kinds: int, largest: int) -> None:
    seen: Seen = defaultdict(lambda: [set() for _kind in range(kinds)])
    for figures in product(range(largest + 1), repeat=kinds):
        told = shown(dict(enumerate(figures)))
        possible = seen[*told.kinds.values(), told.total]
        for kind, number in enumerate(figures):
            possible[kind].add(number)
    for told_as, possible in seen.items():
        for numbers in possible:
            assert len(numbers) > 1 or not is_small(min(numbers)), told_as


def test_a_kind_that_nobody_chose_changes_nothing_of_the_others() -> None:
    """Who knows which kinds have none sees the table without them."""
    for figures in product(range(24), repeat=3):
        without, beside = shown(dict(enumerate(figures))), shown(dict(enumerate((*figures, 0))))
        assert dict(without.kinds) == {kind: beside.kinds[kind] for kind in range(3)}


@pytest.mark.parametrize("kinds", [2, 3])
def test_the_day_before_tells_nothing_of_a_day(kinds: int) -> None:
    """A month that goes on shows its total alone; over, it shows what changes no more."""
    seen: Seen = defaultdict(lambda: [set() for _kind in range(kinds)])
    for before in product(range(12), repeat=kinds):
        for last in range(kinds):  # whoever comes on the last day
            after = [number + (kind == last) for kind, number in enumerate(before)]
            first, then = withheld(dict(enumerate(before))), shown(dict(enumerate(after)))
            looks = (*first.kinds.values(), first.total, *then.kinds.values(), then.total)
            possible = seen[looks]
            for kind, number in enumerate(after):
                possible[kind].add(number)
    for told_as, possible in seen.items():
        for numbers in possible:
            assert len(numbers) > 1 or not is_small(min(numbers)), told_as


def test_two_tables_of_one_month_tell_no_small_number_together() -> None:
    """What was done (kept, hidden, moved), and on which of two grounds what was not kept."""
    seen: Seen = defaultdict(lambda: [set() for _cell in range(5)])
    for kept, hidden, moved in product(range(0, 24, 1), range(14), range(14)):
        others = hidden + moved
        for ground in range(others + 1):
            acts = shown({"keep": kept, "hide": hidden, "move": moved})
            by_ground = {0: ground, 1: others - ground}
            grounds = shown(by_ground) if acts.whole else withheld(by_ground)
            looks = (*acts.kinds.values(), acts.total, *grounds.kinds.values())
            cells = (kept, hidden, moved, ground, others - ground)
            for possible, number in zip(seen[looks], cells, strict=True):
                possible.add(number)
    for looks, cells_possible in seen.items():
        for numbers in cells_possible:
            assert len(numbers) > 1 or not is_small(min(numbers)), looks


def test_the_figure_across_groups_tells_no_small_number_of_a_group() -> None:
    """To who knows that two groups are everybody who answered, and the idea's own figures."""
    for everybody in (20, 21, 24, 30):
        seen: Seen = defaultdict(lambda: [set(), set()])
        for first in range(SMALL, everybody - SMALL + 1):
            sizes = (first, everybody - first)
            for yes in product(*(range(size + 1) for size in sizes)):
                figure = across(yes, sizes)
                possible = seen[sum(yes), figure]
                possible[0].add(yes[0])
                possible[1].add(sizes[0] - yes[0])
        for figures, possible in seen.items():
            for numbers in possible:
                assert len(numbers) > 1 or not is_small(min(numbers)), figures


def across(yes: tuple[int, ...], sizes: tuple[int, ...]) -> int | None:
    """What the board shows of an idea; ``None`` where it leaves it out (``board.queries``)."""
    if any(is_small(n) or is_small(size - n) for n, size in zip(yes, sizes, strict=True)):
        return None
    ends = [wilson.interval(n, size).lower for n, size in zip(yes, sizes, strict=True)]
    return int(100 * min(ends)) // STEP * STEP


def test_every_table_by_kind_of_the_public_figures_is_one_that_hides() -> None:
    tables = {
        name: str(kind)
        for name, kind in Month.__annotations__.items()
        if "Mapping" in str(kind) or "dict" in str(kind).lower() or "Shown" in str(kind)
    }
    assert tables
    assert all("Shown" in kind for kind in tables.values()), tables


def test_large_numbers_and_totals_are_exact() -> None:
    seen = shown({"spam": 40, "abuse": 12, "hate": 0})
    assert dict(seen.kinds) == {"spam": 40, "abuse": 12, "hate": 0}
    assert seen.total == 52


def test_one_small_number_takes_the_next_larger_with_it() -> None:
    seen = shown({"spam": 40, "abuse": 12, "hate": 5, "other": 30})
    assert dict(seen.kinds) == {"spam": 40, "abuse": None, "hate": None, "other": 30}
    assert seen.total == 87


def test_where_one_kind_alone_could_be_shown_none_is() -> None:
    seen = shown({"spam": 40, "abuse": 12, "hate": 5})
    assert set(seen.kinds.values()) == {None}
    assert seen.total == 57


def test_nothing_at_all_is_shown_as_nothing() -> None:
    assert shown({"spam": 0, "abuse": 0}).total == 0
    assert shown({}).total == 0


def test_the_registry_names_files() -> None:
    assert all(Path(CODE / entry.partition(":")[0]).is_file() for entry in COUNTED)
