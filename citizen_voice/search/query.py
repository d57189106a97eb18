"""What somebody looks for. Any text is a query; none has a syntax that could be wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from citizen_voice.search.stems import stem
from citizen_voice.search.tokens import COMMON, fold, words

MOST_TERMS = 8
MOST_READ = 1_000
"""Letters of a query that are looked at."""
SHORTEST_BEGINNING = 3
"""Letters after which an unfinished word finds what begins with it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for: the forms that count as it, and whether it may go on."""

    word: str
    forms: tuple[str, ...]
    unfinished: bool = False

    @property
    def root(self) -> str:
        """Its stem."""
        return stem(self.word)

    def means(self, word: str) -> bool:
        """Whether a folded word of a text is what is looked for."""
        if word in self.forms or stem(word) in self.forms:
            return True
        return self.unfinished and word.startswith(self.word)


@dataclass(frozen=True, slots=True)
class Query:
    """The words that are looked for, in order."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    def means(self, word: str) -> bool:
        """Whether a word of a text, as it is written, is one of those looked for."""
        folded = fold(word)
        return any(term.means(folded) for term in self.terms)


def parse(text: str, *, typing: bool = True) -> Query:
    """The query in a text: at most eight of its words, without those that say nothing.

    ``typing``: the last word may not be finished, so it also finds what begins with it.
    """
    said = list(dict.fromkeys(words(text[:MOST_READ])))
    telling = [word for word in said if word not in COMMON] or said
    last = said[-1] if said and typing else None
    return Query(tuple(_term(word, unfinished=word == last) for word in telling[:MOST_TERMS]))


def _term(word: str, *, unfinished: bool) -> Term:
    root = stem(word)
    forms = (word,) if root == word else (word, root)
    return Term(word, forms, unfinished and len(word) >= SHORTEST_BEGINNING)


def beginnings(query: Query) -> str | None:
    """The word that may go on, if there is one."""
    return next((term.word for term in query.terms if term.unfinished), None)


Counts = Mapping[str, int]
"""In how many documents each form stands."""


def expanded(query: Query, counts: Counts) -> Query:
    """The query with the unfinished word's endings, as they stand in the index."""
    return Query(
        tuple(
            Term(
                term.word,
                tuple(dict.fromkeys((*term.forms, *_beginning(term.word, counts)))),
                unfinished=True,
            )
            if term.unfinished
            else term
            for term in query.terms
        )
    )


def _beginning(word: str, counts: Iterable[str]) -> list[str]:
    return [form for form in counts if form.startswith(word)]


def frequency(term: Term, counts: Counts) -> int:
    """In about how many documents a term stands: as its commonest form."""
    return max((counts.get(form, 0) for form in term.forms), default=0)
