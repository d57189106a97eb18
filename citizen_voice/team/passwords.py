"""Passwords: kept as Argon2id, and refused where somebody could guess them."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.words import _

SHORTEST, LONGEST = 12, 200
FIELD = "new_password"
STRONG = 3  # of zxcvbn's 0 to 4: some ten billion guesses
MOST_JUDGED = 72  # letters that zxcvbn looks at
PART = 4  # letters of a name or an address that count as a part of it


@cache
def _hasher() -> Any:
    import argon2  # noqa: PLC0415  # a fiftieth of a start, for colleagues alone

    return argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has."""
    made: str = _hasher().hash("nobody signs in with this")
    return made


def hashed(password: str) -> str:
    """What is kept of a password. Takes a while on purpose: not to be called while writing."""
    made: str = _hasher().hash(_folded(password))
    return made


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. As much work where there is none to hold it against."""
    import argon2  # noqa: PLC0415  # a fiftieth of a start, for colleagues alone

    nobodys = _nobodys()
    try:
        _hasher().verify(password_hash or nobodys, _folded(password)[:LONGEST])
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return password_hash is not None


def refuse_weak(password: str, *, known: Iterable[str]) -> None:
    """Raise ``Refusal`` for a password that is too short or too long, or easy to guess.

    ``known`` is what anybody would try first: the person's address and name, the site's name.
    """
    folded = _folded(password)
    if len(folded) < SHORTEST:
        raise Refusal(_("Use at least 12 letters. Three or four words are good."), field=FIELD)
    if len(folded) > LONGEST:
        raise Refusal(_("Use 200 letters or fewer."), field=FIELD)
    parts = {part for text in known for part in _parts(text)}
    if any(part in folded.casefold() for part in parts):
        raise Refusal(
            _("Leave out your name, your address and the name of this site."), field=FIELD
        )
    import zxcvbn  # type: ignore[import-untyped]  # noqa: PLC0415  # a second of a start

    judged = zxcvbn.zxcvbn(folded[:MOST_JUDGED], user_inputs=sorted(parts))
    if judged["score"] < STRONG:
        raise Refusal(
            _("That is easy to guess. Put together words that don’t belong together."), field=FIELD
        )


def _parts(text: str) -> list[str]:
    """The words of a name or an address that are long enough to tell."""
    words = "".join(each if each.isalnum() else " " for each in text.casefold()).split()
    return [word for word in words if len(word) >= PART]


def _folded(password: str) -> str:
    """The same letters, however the keyboard put them together."""
    return unicodedata.normalize("NFKC", password)
