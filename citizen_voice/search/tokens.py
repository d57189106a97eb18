"""Words of a text as they are looked for: small letters, no accents, English ones with their stem.

Both databases are given the same tokens, so that they find the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from citizen_voice.search.stems import stem

WORD = re.compile(r"[^\W_]+")
LONGEST = 40
ENGLISH = "en"

_ENGLISH = """
a about all also am an and any are as at be because been but by can could do does for from get had
has have he her his how i if in into is it its just like made make me more my need needs no not of
on or our out please s she should so some t that the their them then there these they this to too
up us very want was we what when where which who why will with would you your
"""
_WELSH = """
a ac ar at bod bydd byddai can chi cyn dim dros ei eich ein eu fel fod gael gan gyda hefyd hi i iawn
mae maen mewn mwy na nad neu ni o oes ond os pan r rhag sy sydd trwy un y ydy ydyn yma yn yr yw
"""
COMMON = frozenset((_ENGLISH + _WELSH).split())
"""Words that say nothing about what is wanted."""


@lru_cache(maxsize=32_768)
def fold(word: str) -> str:
    """A word in small letters without accents: ``Dŵr`` → ``dwr``."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(letter for letter in parts if letter.isalnum())
    return kept[:LONGEST]


def words(text: str) -> Iterator[str]:
    """The folded words of a text, in order."""
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        folded = fold(match[0])
        if folded:
            yield folded


def forms(word: str, language: str) -> tuple[str, ...]:
    """What stands in the index for a folded word: itself, and in English its stem."""
    if language != ENGLISH:
        return (word,)
    root = stem(word)
    return (word,) if root == word else (word, root)


def tokens(text: str, language: str) -> list[str]:
    """Everything that stands in the index for a text, each once, in order."""
    said = dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text)))
    return list(dict.fromkeys(chain.from_iterable(_tokens_of(word, language) for word in said)))


@lru_cache(maxsize=65_536)
def _tokens_of(word: str, language: str) -> tuple[str, ...]:
    """What stands in the index for a word as it is written."""
    folded = fold(word)
    return forms(folded, language) if folded else ()
