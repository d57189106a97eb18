"""What is asked of each database: an expression that cannot be malformed, made of tokens alone."""

from collections.abc import Collection, Iterable, Sequence

from citizen_voice.db import dialect
from citizen_voice.search.query import Term

FACET = "/"
"""Stands in the name of a facet, and in no word of a text."""

_SIGNS = {"sqlite": (" AND ", " OR ", '"'), "postgresql": (" & ", " | ", "'")}


def every(terms: Iterable[Term], facets: Iterable[str] = ()) -> str:
    """All of the terms, each in any of its forms, within the facets."""
    return _both([_any(term.forms) for term in terms], facets)


def some(alternatives: Iterable[Sequence[Term]], facets: Iterable[str] = ()) -> str:
    """At least one of the alternatives, each of which is all of its terms, within the facets."""
    _both_sign, either, _quote = _SIGNS[dialect()]
    wanted = [every(terms) for terms in alternatives]
    return _both([f"({either.join(wanted)})"] if wanted else [], facets)


def in_title(term: Term) -> tuple[str, str]:
    """Two texts, one of which stands in the title of a document that has a term there."""
    end = "" if term.unfinished else " "
    return f" {term.word}{end}", f" {term.root} "


def has(term: Term, at: int) -> dict[str, str]:
    """The parameters of the term's column ``has_<at>`` (``Index.newest``), for all the words."""
    if dialect() == "sqlite":
        one, other = in_title(term)
        return {f"has_{at}": one, f"also_{at}": other}
    end = ":*" if term.unfinished else ""
    return {f"has_{at}": f"'{term.word}'{end} | '{term.root}'"}


def _any(words: Collection[str]) -> str:
    _both_sign, either, quote = _SIGNS[dialect()]
    return "(" + either.join(f"{quote}{word}{quote}" for word in words) + ")"


def _both(parts: list[str], facets: Iterable[str]) -> str:
    both, _either, quote = _SIGNS[dialect()]
    return both.join([*parts, *(f"{quote}{facet}{quote}" for facet in facets)])
