"""What a resident types, as it is stored."""

import unicodedata

MOST_MARKS = 30

BIDI_CONTROLS = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
)


def clean_words(text: str) -> str:
    """A resident's words as they are stored: NFC, no invisible controls, lines kept."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _unpiled(text))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return "".join(c for c in kept if c not in BIDI_CONTROLS).strip()


def _unpiled(text: str) -> str:
    """Text without the marks that are piled on one letter beyond the thirtieth.

    No language needs so many (UAX 15, stream-safe text), and to put thousands in order takes
    seconds.
    """
    run, kept = 0, []
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def typed(text: str | None) -> str:
    """What a field of a form holds, as it is stored."""
    return clean_words(text or "")


def one_line(text: str) -> str:
    """The same for a title: one line, single spaces."""
    return " ".join(clean_words(text).split())


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit in it: spaces and dots alone say nothing."""
    return any(letter.isalnum() for letter in text)
