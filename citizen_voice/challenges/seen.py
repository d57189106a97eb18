"""What somebody saw of a challenge when they began to edit it: a mark, column by column.

It stands in the form. When the form comes back, the mark tells which columns somebody else has
changed meanwhile, without a copy of them.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

EDITED = (
    "slug",
    *(
        f"{name}_{code}"
        for name in (
            "question",
            "background",
            "sponsor",
            "decides",
            "money",
            "fixed",
            "promise",
            "reply_team",
        )
        for code in ("en", "cy")
    ),
    "replies_by",
    "opens_on",
    "closes_on",
    "ballot",
    "moderation",
)
"""The columns that the form of a challenge has."""

_LETTERS = 8


def mark(row: Any) -> str:
    """The mark of a row as it is now."""
    return "".join(of_value(getattr(row, name)) for name in EDITED)


def changed(row: Any, seen: str) -> list[str]:
    """The columns that are not what they were when ``seen`` was made."""
    before = of_columns(seen)
    return [name for name in EDITED if before[name] != of_value(getattr(row, name))]


def of_columns(seen: str) -> Mapping[str, str]:
    """The parts of a mark by their columns; empty ones where it is no mark."""
    return {
        name: seen[place * _LETTERS : (place + 1) * _LETTERS] for place, name in enumerate(EDITED)
    }


def of_value(value: object) -> str:
    """The part of a mark for a value."""
    return sha256(str(value or "").encode()).hexdigest()[:_LETTERS]
