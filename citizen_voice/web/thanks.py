"""What a page says after a form was done with: a word from a closed list in the address.

Nothing is kept in a session for it, so a page that is read writes nothing.
"""

from flask import request

DONE = frozenset(
    {
        "answered",
        "appealed",
        "looked-again",
        "taken-back",
        "published",
        "waiting",
        "edited",
        "edited-saved",
        "edited-waiting",
        "withdrawn",
        "brought-back",
        "commented",
        "comment-waiting",
        "comment-edited",
        "comment-edit-waits",
        "comment-saved",
        "comment-removed",
        "comment-restored",
        "reported",
        "signed-in",
        "signed-out",
        "name-saved",
        "email-changed",
        "session-ended",
        "left",
        "reshuffled",
        "undone",
        "ward-added",
        "ward-saved",
        "ward-retired",
        "ward-back",
        "wards-applied",
        "site-saved",
        "logo-saved",
        "logo-removed",
        "rules-saved",
        "ground-saved",
        "ground-moved",
        "ground-retired",
        "ground-back",
        "targets-saved",
        "words-saved",
        "not-mine",
        "invited",
        "invitation-withdrawn",
        "roles-saved",
        "colleague-ended",
        "device-asked",
        "device-kept",
        "link-sent",
        "password-changed",
        "challenge-made",
        "challenge-saved",
        "challenge-published",
        "challenge-days",
        "challenge-archived",
        "challenge-restored",
        "challenge-cancelled",
        "challenge-resumed",
        "challenge-deleted",
        "topics-saved",
        "groups-on",
        "groups-off",
        "ideas-joined",
        "ideas-apart",
        "replied",
        "reply-taken-back",
        "staged",
        "news-seen",
    }
)


def done() -> str | None:
    """What was just done, as the address says; ``None`` for anything not on the list."""
    said = request.args.get("done")
    return said if said in DONE else None
