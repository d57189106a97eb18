"""Display names: what may stand beside somebody's words."""

# ruff: noqa: RUF001  # letters that look like others are the point here

import re
import unicodedata

from citizen_voice.errors import Refusal
from citizen_voice.words import _

SHORTEST, LONGEST = 2, 60
ZERO_WIDTH_JOINERS = "\u200c\u200d"  # part of how some languages are written
ANYWHERE = (
    "council",
    "cyngor",
    "cynghor",
    "moderator",
    "cymedrolwr",
    "administrator",
    "gweinyddwr",
)
AS_A_WORD = ("admin", "staff", "official", "swyddogol", "mayor", "maer")


class BadName(Refusal):
    """A display name that cannot be used."""

    def __init__(self, words: object) -> None:
        super().__init__(words, field="name")


def clean(text: str) -> str:
    """The name as it will be shown (spaces folded, NFC).

    Raises ``BadName`` for one that is too short or long, has invisible characters or ones that
    change the direction of writing, or could be taken for the council's staff.
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(name) < SHORTEST:
        raise BadName(_("Enter a name of at least 2 characters."))
    if len(name) > LONGEST:
        raise BadName(_("Enter a name of 60 characters or fewer."))
    if any(hides(character) for character in name):
        raise BadName(_("Leave out characters that can't be seen."))
    if not any(character.isalnum() for character in name):
        raise BadName(_("Enter a name with at least one letter or number."))
    if imitates_the_council(name):
        raise BadName(_("Choose a name that can't be mistaken for the council's."))
    return name


def hides(character: str) -> bool:
    """Whether a character is invisible or changes how its neighbours are read."""
    category = unicodedata.category(character)
    return category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or character in (
        *ZERO_WIDTH_JOINERS,
        "\u115f",
        "\u1160",
        "\u3164",
        "\uffa0",
        "\u2800",
    )


LOOK_ALIKES = {  # a letter → what a hasty reader takes for it, in lower case
    "a": "@аα",
    "b": "в",
    "c": "сϲ",
    "d": "ԁ",
    "e": "3еε",
    "h": "һн",
    "i": "1!|lіιӏ",
    "k": "кκ",
    "m": "м",
    "n": "ո",
    "o": "0оοօ",
    "p": "рρ",
    "s": "5$ѕ",
    "t": "тτ",
    "u": "υս",
    "v": "ν",
    "x": "х",
    "y": "у",
}
FOLDED = str.maketrans({seen: plain for plain, others in LOOK_ALIKES.items() for seen in others})


def imitates_the_council(name: str) -> bool:
    """Whether a hasty reader could take the name for the council's or its staff's."""
    words = re.findall(r"[^\W_]+", skeleton(name))
    together = "".join(words)  # C.o.u.n.c.i.l
    return any(skeleton(word) in together for word in ANYWHERE) or any(
        skeleton(word) in words for word in AS_A_WORD
    )


def skeleton(name: str) -> str:
    """The name as a hasty reader sees it: look-alike letters folded (a small part of UTS 39)."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(FOLDED))
    folded = folded.casefold().translate(FOLDED)
    return "".join(character for character in folded if not unicodedata.combining(character))
