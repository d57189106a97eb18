"""What a page says after a form was done with: a word from a closed list in the address.

Nothing is kept in a session for it, so a page that is read writes nothing.
"""

from flask import request

DONE = frozenset(
    {
        "answered",
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
        "signed-in",
        "signed-out",
        "name-saved",
        "email-changed",
        "session-ended",
        "left",
        "reshuffled",
    }
)


def done() -> str | None:
    """What was just done, as the address says; ``None`` for anything not on the list."""
    said = request.args.get("done")
    return said if said in DONE else None
