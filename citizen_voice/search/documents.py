"""A text as an index holds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from citizen_voice.search.matching import FACET

ALL = ""
"""The term that stands for every document."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as an index holds it: the tokens of its title, and all of them with its facets."""

    id: int
    title: str
    words: frozenset[str]

    @property
    def terms(self) -> set[str]:
        """What is counted: all but the key, and what stands for every document."""
        return {word for word in self.words if not word.startswith(FACET)} | {ALL}


def document(key: int, title: str, words: Iterable[str]) -> Document:
    """A document from its tokens."""
    return Document(key, title, frozenset(words))
