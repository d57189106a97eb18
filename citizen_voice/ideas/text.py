"""What a resident types, as it is stored."""

import unicodedata

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)


def clean_words(text: str) -> str:
    """A resident's words as they are stored: NFC, no invisible controls, lines kept."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return "".join(c for c in kept if c not in BIDI_CONTROLS).strip()


def one_line(text: str) -> str:
    """The same for a title: one line, single spaces."""
    return " ".join(clean_words(text).split())


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it: spaces and dots alone say nothing."""
    return any(letter.isalnum() for letter in text)
