"""No figure by kind points to one person: not even to a reader who knows how they are hidden."""

from collections import defaultdict
from itertools import product

import pytest

from citizen_voice.small_cells import SMALL, shown


@pytest.mark.parametrize(("kinds", "largest"), [(1, 25), (2, 30), (3, 21), (4, 13)])
def test_no_small_number_can_be_worked_out(kinds: int, largest: int) -> None:
    looks_like = defaultdict(list)
    for figures in product(range(largest + 1), repeat=kinds):
        seen = shown(dict(enumerate(figures)))
        looks_like[tuple(seen.kinds.values()), seen.total].append(figures)
    for seen_as, possible in looks_like.items():
        for kind in range(kinds):
            numbers = {figures[kind] for figures in possible}
            assert len(numbers) > 1 or not 0 < min(numbers) < SMALL, seen_as


def test_large_numbers_and_totals_are_exact() -> None:
    seen = shown({"spam": 40, "abuse": 12, "hate": 0})
    assert dict(seen.kinds) == {"spam": 40, "abuse": 12, "hate": 0}
    assert seen.total == 52


def test_one_small_number_takes_the_next_larger_with_it() -> None:
    seen = shown({"spam": 40, "abuse": 12, "hate": 5})
    assert dict(seen.kinds) == {"spam": 40, "abuse": None, "hate": None}
    assert seen.total == 57


def test_nothing_at_all_is_shown_as_nothing() -> None:
    assert shown({"spam": 0, "abuse": 0}).total == 0
    assert shown({}).total == 0
