"""How a pilot is cited: ``CVT-12``, its number with three letters before it."""

import re

from citizen_voice.errors import NotHere

PREFIX = "CVT-"
REFERENCE = re.compile(r"CVT-([1-9][0-9]{0,9})", re.IGNORECASE)
LARGEST_NUMBER = 2**31 - 1


def pilot_ref(number: int) -> str:
    """12 → CVT-12."""
    return f"{PREFIX}{number}"


def pilot_number(ref: str) -> int:
    """CVT-12 → 12; raises ``NotHere`` for anything else."""
    found = REFERENCE.fullmatch(ref)
    if found is None or int(found[1]) > LARGEST_NUMBER:
        raise NotHere
    return int(found[1])
