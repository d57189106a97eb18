"""What a machine notices in words: advice to moderators. It never hides anything."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from urllib.parse import urlsplit

from citizen_voice.ideas import contacts
from citizen_voice.moderation.models import CONTACTS, LINKS, WORDS
from citizen_voice.search.tokens import words as folded_words

MANY_LINKS = 2
"""More links than this are noticed."""
TELLING = 40
"""So many letters have words that nobody else would hit upon by themselves."""
MOST_NAMED = 5
LINK = re.compile(r"(?:https?://|\bwww\.)[^\s<>()\[\]\"']+", re.IGNORECASE)
_SHORTENERS = """
adf.ly bit.do bit.ly bl.ink buff.ly cutt.ly goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly s.id
shorturl.at t.co t.ly tiny.cc tinyurl.com v.gd
"""
SHORTENERS = frozenset(_SHORTENERS.split())


def links(text: str) -> list[str]:
    """The addresses of pages in a text, in order."""
    return LINK.findall(text)


def host(link: str) -> str:
    """The site that a link goes to; empty for one that goes nowhere."""
    address = link if "://" in link else f"//{link}"
    try:
        found = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")


def noticed(text: str, watched: str = "") -> dict[str, str]:
    """What stands out in a text: the kind of flag → what was noticed.

    ``watched`` are the words to look for, a line each (see ``watched_in``).
    """
    found = {
        LINKS: _links(text),
        CONTACTS: _listed(contacts.found(text)),
        WORDS: _listed(watched_in(text, watched)),
    }
    return {kind: detail for kind, detail in found.items() if detail}


def _links(text: str) -> str:
    found = links(text)
    hosts = [host(link) for link in found]
    if len(found) <= MANY_LINKS and SHORTENERS.isdisjoint(hosts):
        return ""
    return f"{len(found)}: {_listed(hosts)}"


def _listed(pieces: Sequence[str]) -> str:
    named = list(dict.fromkeys(piece for piece in pieces if piece))
    more = ["…"] if len(named) > MOST_NAMED else []
    return ", ".join(named[:MOST_NAMED] + more)


def watched_in(text: str, watched: str) -> list[str]:
    """The lines of ``watched`` that stand in a text: whole words, in any case, accents aside.

    A line of several words is found as a phrase; a word may end in ``*``, for any ending.
    """
    wanted = [line.strip() for line in watched.splitlines() if line.strip()]
    if not wanted:
        return []
    said = list(folded_words(text))
    return [line for line in wanted if _stands_in(said, line)]


def _stands_in(said: Sequence[str], line: str) -> bool:
    phrase = [piece for written in line.split() for piece in _pieces(written)]
    if not phrase:
        return False
    return any(
        all(
            said[start + place].startswith(word) if any_ending else said[start + place] == word
            for place, (word, any_ending) in enumerate(phrase)
        )
        for start in range(len(said) - len(phrase) + 1)
    )


def _pieces(written: str) -> list[tuple[str, bool]]:
    """The folded words of what stands between spaces, and whether any ending will do."""
    found = list(folded_words(written))
    last = len(found) - 1
    return [(word, place == last and written.endswith("*")) for place, word in enumerate(found)]


def mark_of(text: str) -> bytes:
    """The same for the same words, whatever their case, accents and spaces."""
    return blake2b(" ".join(folded_words(text)).encode(), digest_size=16).digest()


def is_telling(text: str) -> bool:
    """Whether it is so long that two people do not say it by chance."""
    return sum(len(word) for word in folded_words(text)) >= TELLING
