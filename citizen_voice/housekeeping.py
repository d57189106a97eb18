"""What has run out goes."""

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.outbox import services as outbox


def tidy() -> dict[str, int]:
    """Delete sessions, sign-ins, counts, drafts and letters that are over; what → how many."""
    with write():
        return {
            "sessions and sign-ins": accounts.forget_old(),
            "counts of limits": limits.forget_old(),
            "drafts": ideas.forget_drafts(),
            "comments taken away": comments.erase_removed(),
            "letters": outbox.forget_old(),
        }
