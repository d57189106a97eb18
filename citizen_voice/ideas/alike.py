"""Ideas that wish for much the same as a title that somebody is writing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from citizen_voice.ideas import ordering
from citizen_voice.ideas.indexing import INDEX
from citizen_voice.ideas.queries import search
from citizen_voice.ideas.queries.lists import Filters, Mine
from citizen_voice.search import Term, matching, parse
from citizen_voice.search.index import ALL
from citizen_voice.search.query import Counts, frequency
from citizen_voice.search.tokens import COMMON, words

MOST = 3
CANDIDATES = 40
RAREST = 4
"""Of the title's words: those that are too common alone are looked for in pairs of these."""
SINGLE = 500
"""In how many ideas together words may stand that are looked for alone; and how many are ranked."""
ALIKE = 0.38
"""How alike is alike enough to be shown; found with ``benchmarks/paraphrases.toml``."""
LOOK = 0.5
"""What the look of the words counts, where the words themselves count 1."""
MOST_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class Alike:
    """An idea that is like a title, and how much: 0 to 1."""

    row: Any
    likeness: float


def find(title: str, filters: Filters, mine: Mine) -> list[Alike]:
    """At most three listed ideas that are like a title, the likest first.

    Two statements: how rare the title's words are, and the ideas that have some of them.
    """
    return [one for one in ranked(title, filters, mine) if one.likeness >= ALIKE][:MOST]


def ranked(title: str, filters: Filters, mine: Mine) -> list[Alike]:
    """All ideas that may be alike, the likest first."""
    query = parse(title, typing=False)
    if all(term.word in COMMON for term in query.terms):
        return []
    _query, counts = INDEX.counts(query)
    known = sorted(
        (term for term in query.terms if frequency(term, counts)),
        key=lambda term: frequency(term, counts),
    )
    if not known:
        return []
    match = matching.some(_alternatives(known, counts), search.facets_of(filters))
    page = search.Page(search.BEST, ordering.TOP, CANDIDATES, mine, {}, SINGLE)
    pairs = frequency(known[:RAREST][-2], counts) if len(known) > 1 else 0
    rows = page.read(query.terms, counts, match, expected=SINGLE + pairs, anywhere=True)
    weights = {term: _weight(term, counts) for term in query.terms}
    found = (Alike(row, _likeness(title, weights, row)) for row in rows)
    return sorted(found, key=lambda one: (-one.likeness, -one.row.id))


def _alternatives(known: Sequence[Term], counts: Counts) -> list[Sequence[Term]]:
    """What an idea must have: one of the rare words, or two of the rarest; rarest first."""
    found: list[Sequence[Term]] = []
    together = 0
    for term in known:
        together += frequency(term, counts)
        if together > SINGLE and found:
            break
        found.append([term])
        if together > SINGLE:
            break
    return [*found, *combinations(known[:RAREST], 2)]


def _weight(term: Term, counts: Counts) -> float:
    """Rare words say more."""
    rarity = counts.get(ALL, 0) / (1 + frequency(term, counts))
    return min(math.log2(2 + rarity), MOST_WEIGHT)


def _likeness(title: str, weights: dict[Term, float], row: Any) -> float:
    """Which part of the title is in the idea: by its words, and by what they look like."""
    said = set(words(f"{row.title} {row.body}"))
    mine = sum(weight for term, weight in weights.items() if any(map(term.means, said)))
    letters, theirs = _trigrams(words(title)), _trigrams(said)
    look = len(letters & theirs) / max(len(letters), 1)
    return (mine / sum(weights.values()) + LOOK * look) / (1 + LOOK)


def _trigrams(said: Iterable[str]) -> set[str]:
    padded = (f"  {word} " for word in said if word not in COMMON)
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}
