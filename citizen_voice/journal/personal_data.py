"""What the journal holds about people: a key that means nothing once the person is erased."""

from citizen_voice.register import Erase, Personal, declare

declare(
    "journal_entries",
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
