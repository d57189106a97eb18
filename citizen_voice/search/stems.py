"""Stems of English words, by the rules that M. F. Porter published in 1980.

Written here, and not left to the databases, so that SQLite, PostgreSQL and the marks on a page
agree about what is the same word.
"""

import re
from functools import lru_cache

_DOUBLED = re.compile(r"([^aeiou])\1$")

_STEP_2 = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
)
_STEP_3 = (
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
)
_STEP_4 = (
    *("ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti"),
    *("ous", "ive", "ize", "ion", "al", "er", "ic", "ou"),
)


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of a lower-case word: ``crossing`` → ``cross``. Other alphabets stay as they are."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    word = _plurals(word)
    word = _past_and_progress(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(word, _STEP_2)
    word = _replaced(word, _STEP_3)
    word = _cut(word)
    return _without_end(word)


def _measure(part: str) -> int:
    """How often a vowel (or several) is followed by a consonant (or several)."""
    kinds = "".join("v" if _is_vowel(part, at) else "c" for at in range(len(part)))
    return len(re.findall("v+c", kinds))


def _is_vowel(word: str, at: int) -> bool:
    letter = word[at]
    if letter == "y":
        return at > 0 and not _is_vowel(word, at - 1)
    return letter in "aeiou"


def _has_vowel(part: str) -> bool:
    return any(_is_vowel(part, at) for at in range(len(part)))


def _plurals(word: str) -> str:
    for end, instead in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(end):
            return word[: -len(end)] + instead
    return word


def _past_and_progress(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for end in ("ed", "ing"):
        rest = word.removesuffix(end)
        if rest != word and _has_vowel(rest):
            if rest.endswith(("at", "bl", "iz")):
                return rest + "e"
            if _DOUBLED.search(rest) and rest[-1] not in "lsz":
                return rest[:-1]
            return rest + "e" if _measure(rest) == 1 and _ends_short(rest) else rest
    return word


def _ends_short(word: str) -> bool:
    """Consonant, vowel, consonant (other than w, x, y)."""
    last = len(word) - 1
    return (
        last >= 2
        and not _is_vowel(word, last - 2)
        and _is_vowel(word, last - 1)
        and not _is_vowel(word, last)
        and word[last] not in "wxy"
    )


def _replaced(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for end, instead in rules:
        if word.endswith(end):
            rest = word[: -len(end)]
            return rest + instead if _measure(rest) > 0 else word
    return word


def _cut(word: str) -> str:
    for end in _STEP_4:
        if word.endswith(end):
            rest = word[: -len(end)]
            fits = _measure(rest) > 1 and (end != "ion" or rest.endswith(("s", "t")))
            return rest if fits else word
    return word


def _without_end(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        measure = _measure(rest)
        if measure > 1 or (measure == 1 and not _ends_short(rest)):
            word = rest
    if word.endswith("ll") and _measure(word) > 1:
        word = word[:-1]
    return word
