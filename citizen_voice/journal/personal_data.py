"""What the journal holds about people: a key that means nothing once the person is erased."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

declare(
    "journal_entries",
    title=_("Acts of yours in the journal"),
    of={"who acted": ("actor",)},
    plain=("number", "at", "act", "subject", "detail_hash", "previous_hash", "hash"),
    personal={
        "actor": Personal(
            "accountability",
            "who acted",
            "your acts that were recorded",
            Erase.KEEP,
            "a random key; the account that it named is gone, and the chain has to stay whole",
        )
    },
)
