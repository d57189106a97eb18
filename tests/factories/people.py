"""People."""

from itertools import count
from uuid import UUID

from citizen_voice.accounts import services
from citizen_voice.db import write

_numbers = count(1)


def resident(*, name: str | None = "", age: str = "adult", email: str | None = None) -> UUID:
    """A resident's key. ``name``: empty for a made-up one, ``None`` for none yet."""
    number = next(_numbers)
    with write():
        key = services.join(email or f"resident{number}@example.org", age, "en")
        if name is not None:
            services.set_name(key, name or f"Resident {number}")
    return key
