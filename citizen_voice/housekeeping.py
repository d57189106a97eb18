"""What has run out goes."""

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.merging import services as merging
from citizen_voice.moderation import noticing
from citizen_voice.moderation import services as moderation
from citizen_voice.outbox import services as outbox
from citizen_voice.team import services as team


def tidy() -> dict[str, int]:
    """Delete sessions, sign-ins, counts, drafts and letters that are over; what → how many."""
    with write():
        return {
            "sessions and sign-ins": accounts.forget_old(),
            "counts of limits": limits.forget_old(),
            "drafts": ideas.forget_drafts(),
            "comments taken away": comments.erase_removed(),
            "answers to joined ideas": merging.forget_old(),
            "words kept for an appeal": moderation.forget_originals(),
            "addresses of who reported": moderation.forget_reporters(),
            "words seen before": noticing.forget_marks(),
            "letters": outbox.forget_old(),
            "invitations": team.forget_old(),
        }
