"""Making challenges, and what staff do with them.

The functions here are the parts, inside the caller's transaction; ``acts`` and ``topics`` are what
the council's people do, each with its line in the journal.
"""

from citizen_voice.challenges.policies import PROMISE
from citizen_voice.challenges.services.making import (
    BALLOTS,
    MODERATIONS,
    add_topics,
    create,
    publish,
    reschedule,
)
from citizen_voice.challenges.services.slugs import SLUG

__all__ = [
    "BALLOTS",
    "MODERATIONS",
    "PROMISE",
    "SLUG",
    "add_topics",
    "create",
    "publish",
    "reschedule",
]
