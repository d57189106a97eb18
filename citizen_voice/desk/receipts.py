"""The number that somebody gets for a request: P-7K2M-9QXB-40TN-H8WE.

As with reports (see ``moderation.receipts``) it is made from the request’s number with the site’s
secret, so it can be told again in a letter, and of it the hash alone is stored.
"""

import hashlib
import hmac

from flask import current_app

from citizen_voice.moderation.receipts import ALPHABET, BETWEEN, GROUP, LENGTH, MISTAKEN, hashed

_MARK = "P"


def of(request_id: int) -> str:
    """The receipt of a request."""
    key = current_app.config["SECRET_KEY"].encode()
    made = hmac.new(key, f"rights request:{request_id}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(made[:10])
    return _grouped("".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH)))


def read(text: str) -> str | None:
    """A receipt as somebody typed it, in the way that it is written; ``None`` for what is none."""
    letters = BETWEEN.sub("", text).upper()
    if len(letters) == LENGTH + 1:
        letters = letters.removeprefix(_MARK)
    letters = letters.translate(MISTAKEN)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _grouped(letters)


def _grouped(letters: str) -> str:
    groups = [letters[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join([_MARK, *groups])


__all__ = ["hashed", "of", "read"]
