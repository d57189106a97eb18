"""What has run out goes."""

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.outbox import services as outbox


def tidy() -> dict[str, int]:
    """Delete sessions, sign-ins, counts and letters that are over; what → how many."""
    with write():
        return {
            "sessions and sign-ins": accounts.forget_old(),
            "counts of limits": limits.forget_old(),
            "letters": outbox.forget_old(),
        }
