"""Keyset paging: where the last page ended, written so that it can stand in an address."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from citizen_voice.columns import EPOCH, MICROSECOND
from citizen_voice.errors import Refusal
from citizen_voice.words import _

LARGEST = 2**62
PARTS_OF_A_KEY = 3
_PART = 43
_MASK = 2**_PART - 1


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


def of_moment(moment: datetime) -> int:
    """A moment as a whole number."""
    return (moment - EPOCH) // MICROSECOND


def moment(number: int) -> datetime:
    """The moment again; raises ``BadCursor`` for one outside of all calendars."""
    try:
        return EPOCH + number * MICROSECOND
    except OverflowError:
        raise BadCursor from None


def of_key(key: UUID) -> tuple[int, int, int]:
    """A key as whole numbers that stand in a place, ``PARTS_OF_A_KEY`` of them."""
    return key.int >> 2 * _PART, key.int >> _PART & _MASK, key.int & _MASK


def key(high: int, middle: int, low: int) -> UUID:
    """The key again; raises ``BadCursor`` for numbers that are none."""
    try:
        return UUID(int=(high << 2 * _PART) + (middle << _PART) + low)
    except ValueError:
        raise BadCursor from None
