"""Which ideas are like a title, and which are not alike enough to be shown."""

import tomllib
from pathlib import Path

import pytest

from citizen_voice.answers import queries as answers
from citizen_voice.ideas import alike, queries
from citizen_voice.search import parse
from citizen_voice.search.documents import ALL
from tests.factories.challenges import challenge
from tests.factories.ideas import idea

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TOWN = (
    *("Benches in the park", "Trees in the park", "A café in the park", "Lights in the park"),
    *("A bus to the park", "Paths in the park", "Toilets in the park", "A pond in the park"),
)


def like(title: str) -> list[str]:
    """The titles of the ideas that are shown for a title."""
    found = alike.find(title, queries.Filters(), answers.mine(None))
    return [one.row.title for one in found]


@pytest.mark.usefixtures("app")
def test_a_word_that_many_ideas_have_makes_none_of_them_alike() -> None:
    place = challenge()
    for title in TOWN:
        idea(place, title=title)
    assert like("Swings and slides for toddlers in the park") == []
    assert like("Somewhere to sit: benches for the park") == ["Benches in the park"]


@pytest.mark.usefixtures("app")
def test_a_title_that_stands_in_an_idea_is_like_it_however_common_its_words() -> None:
    place = challenge()
    for number in range(6):
        idea(place, title=f"More trees in street {number}")
    assert len(like("Trees in the street")) == alike.MOST


@pytest.mark.usefixtures("app")
def test_words_that_look_alike_count_as_far_as_they_do() -> None:
    place = challenge()
    near = idea(place, title="Skateboard ramp by the harbour")
    far = idea(place, title="Concerts by the harbour")
    for title in TOWN:
        idea(place, title=title)
    found = alike.ranked("Skateboarding at the harbour", queries.Filters(), answers.mine(None))
    by_number = {one.row.id: one.common for one in found}
    assert by_number[near] > by_number[far]


def test_words_too_common_alone_are_looked_for_together() -> None:
    counts = {ALL: 100_000, "park": 9_000, "bench": 8_000, "bus": 7_000, "rare": 3}
    rare, bench, park = parse("rare bench park", typing=False).terms
    wanted, expected = alike._alternatives([rare, bench, park], counts)
    assert [list(one) for one in wanted] == [[rare], [bench, park]]
    assert expected == 3 + 720
    common = {ALL: 100_000, "bench": 80_000, "park": 90_000}
    wanted, _expected = alike._alternatives([bench, park], common)
    assert [list(one) for one in wanted] == [[bench, park]], "all at once, where all is common"


def test_no_pair_is_both_tuned_on_and_held_out() -> None:
    sets = []
    for name in ("paraphrases.toml", "held_out.toml"):
        texts = tomllib.loads((BENCHMARKS / name).read_text(encoding="utf-8"))
        sets.append(
            {pair[key] for pair in texts["pair"] for key in ("idea", "again")}
            | {*texts["distractor"], *texts["gwahanol"]}
        )
    assert not sets[0] & sets[1]
