"""Keyset paging: where the last page ended, written so that it can stand in an address."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode

from citizen_voice.errors import Refusal
from citizen_voice.words import _

LARGEST = 2**62


class BadCursor(Refusal):
    """An address names a place in a list that cannot be."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That part of the list is not there any more. Start from the top."))


def encode(*place: int) -> str:
    """A place in a list (whole numbers) as text for an address."""
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(text: str, length: int) -> tuple[int, ...]:
    """The place again; raises ``BadCursor`` for anything that ``encode`` did not make."""
    try:
        place = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        raise BadCursor from None
    whole = isinstance(place, list) and all(type(part) is int for part in place)
    if not whole or len(place) != length or any(abs(part) > LARGEST for part in place):
        raise BadCursor
    return tuple(place)
