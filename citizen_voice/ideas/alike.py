"""Ideas that wish for much the same as a title that somebody is writing."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from citizen_voice.ideas import ordering
from citizen_voice.ideas.indexing import INDEX
from citizen_voice.ideas.queries import search
from citizen_voice.ideas.queries.lists import Filters, Mine
from citizen_voice.search import Term, matching, parse
from citizen_voice.search.documents import ALL
from citizen_voice.search.query import Counts, frequency
from citizen_voice.search.tokens import COMMON, words

MOST = 3
CANDIDATES = 40
RAREST, TOGETHER = 4, 3
"""Of the title's words: those too common alone are looked for in pairs of these, or in threes."""
ENOUGH, RANKED = 1_000, 500
"""In how many ideas, about, what is looked for may stand; and how many of them are ranked."""
ALIKE = 1.4
"""How much a title and an idea say in common to be shown: a word of one single idea counts 1.

Found with ``benchmarks/paraphrases.toml`` alone; ``held_out.toml`` says what it is worth.
"""
NEARLY_ALL = 0.75
"""Which part of a title, all in one idea, is enough however common its words are."""
RESEMBLE = 0.5
"""How much of their letters two words share, three by three, to count for that much."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An idea that is like a title: how much they have in common, and which part of the title."""

    row: Any
    common: float
    part: float

    @property
    def enough(self) -> bool:
        """Whether it is worth showing."""
        return self.common >= ALIKE or self.part >= NEARLY_ALL


def find(title: str, filters: Filters, mine: Mine) -> list[Alike]:
    """At most three listed ideas that are like a title, the likest first.

    Three statements: how rare the title's words are, the numbers of the ideas that have some of
    them, and these ideas.
    """
    return [one for one in ranked(title, filters, mine) if one.enough][:MOST]


def ranked(title: str, filters: Filters, mine: Mine) -> list[Alike]:
    """All ideas that may be alike, the likest first."""
    query = parse(title, typing=False)
    if all(term.word in COMMON for term in query.terms):
        return []
    facets = search.facets_of(filters)
    _query, counts = INDEX.counts(query, facets)
    known = sorted(
        (term for term in query.terms if frequency(term, counts)),
        key=lambda term: frequency(term, counts),
    )
    if not known:
        return []
    wanted, expected = _alternatives(known, counts)
    page = search.Page(search.BEST, ordering.TOP, CANDIDATES, mine, {}, RANKED)
    match = matching.some(wanted, facets)
    found = page.read(query.terms, counts, match, expected=expected, anywhere=True).rows
    weights = {term: _weight(term, counts) for term in query.terms}
    return sorted(
        (_compared(row, weights) for row in found), key=lambda one: (-one.common, -one.row.id)
    )


def _alternatives(known: Sequence[Term], counts: Counts) -> tuple[list[Sequence[Term]], int]:
    """What an idea must have, and in about how many ideas that is: the rarest first.

    One of the rare words; where they are too common for that, two of the rarest; or three.
    """
    found: list[Sequence[Term]] = []
    expected = 0
    for size in range(1, TOGETHER + 1):
        for terms in combinations(known[: RAREST if size > 1 else None], size):
            stand = search.together(terms, counts)
            if expected + stand <= ENOUGH and not any(set(one) <= set(terms) for one in found):
                found.append(terms)
                expected += stand
    return found or [known[:TOGETHER]], max(expected, 1)


def _weight(term: Term, counts: Counts) -> float:
    """How much a word says: the rarer, the more, up to 1 for one that stands in a single idea."""
    everything = counts.get(ALL, 0)
    said = math.log2(2 + everything / (1 + frequency(term, counts)))
    return min(said / math.log2(2 + everything / 2), 1)


def _compared(row: Any, weights: Mapping[Term, float]) -> Alike:
    """What a title's words say, those that the idea has, too, or words that look like them."""
    said = set(words(f"{row.title} {row.body}"))
    common = sum(weight * _closeness(term, said) for term, weight in weights.items())
    return Alike(row, common, common / sum(weights.values()))


def _closeness(term: Term, said: Collection[str]) -> float:
    if any(map(term.means, said)):
        return 1
    mine = _letters(term.word)
    return max((_resemblance(mine, _letters(word)) for word in said), default=0)


def _resemblance(one: frozenset[str], other: frozenset[str]) -> float:
    found = 2 * len(one & other) / (len(one) + len(other))
    return found if found >= RESEMBLE else 0


@lru_cache(maxsize=32_768)
def _letters(word: str) -> frozenset[str]:
    """A word's letters, three by three, its beginning counted twice."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
