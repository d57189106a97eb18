"""The number that somebody gets for a report: R-7K2M-9QXB-40TN-H8WE.

It is made from the report's key with the site's secret, so it can be told again in a letter, and
stands nowhere: of it, only the hash is stored. 80 bits, in letters that nobody takes for others.
"""

import hashlib
import hmac
import re
from uuid import UUID

from flask import current_app

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O and U
LENGTH, GROUP = 16, 4
MISTAKEN = str.maketrans("ILO", "110")
BETWEEN = re.compile(r"[\s\W_]+")


def of(report_id: UUID) -> str:
    """The receipt of a report."""
    number = int.from_bytes(_keyed(b"receipt:", report_id.bytes)[:10])
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return _grouped(letters)


def read(text: str) -> str | None:
    """A receipt as somebody typed it, in the way that it is written; ``None`` for what is none.

    Small letters, spaces instead of hyphens, and letters that look like numbers are fine.
    """
    letters = BETWEEN.sub("", text).upper()
    if len(letters) == LENGTH + 1:
        letters = letters.removeprefix("R")
    letters = letters.translate(MISTAKEN)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _grouped(letters)


def hashed(receipt: str) -> bytes:
    """What of a receipt is stored."""
    return hashlib.sha256(receipt.encode()).digest()


def sender(known_by: str) -> str:
    """What tells whether the same person reports again, and nothing else."""
    return _keyed(b"reporter:", known_by.encode()).hex()[:32]


def _grouped(letters: str) -> str:
    groups = [letters[start : start + GROUP] for start in range(0, LENGTH, GROUP)]
    return "-".join(["R", *groups])


def _keyed(purpose: bytes, content: bytes) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, purpose + content, hashlib.sha256).digest()
