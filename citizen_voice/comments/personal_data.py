"""What comments hold about people."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_AUTHOR = "who wrote it"
_PART = "part of the comment"

declare("comment_threads", plain=("id", "idea_id", "pilot_id", "closed_at", "published"))

declare(
    "comments",
    title=_("Your comments"),
    of={_AUTHOR: ("author_id",)},
    plain=("thread_id", "parent_id", "version", "public_from", "replies", "shown", "merged_from"),
    personal={
        "id": Personal("taking-part", _AUTHOR, "reference", Erase.KEEP, "others refer to it"),
        "author_id": Personal("taking-part", _AUTHOR, None, Erase.PSEUDONYM, "your own key"),
        "by_council": Personal("taking-part", _AUTHOR, "for the council", Erase.KEEP, _PART),
        "visibility": Personal("safety", _AUTHOR, "visibility", Erase.KEEP, "about the words"),
        "hidden_reason": Personal(
            "safety", _AUTHOR, "why hidden", Erase.BLANK, "goes where the words go"
        ),
        "erased": Personal("taking-part", _AUTHOR, "words deleted", Erase.KEEP, "shows that it is"),
        "created_at": Personal("taking-part", _AUTHOR, "written", Erase.KEEP, _PART),
        "published_at": Personal("taking-part", _AUTHOR, "published", Erase.KEEP, _PART),
        "edited_at": Personal("taking-part", _AUTHOR, "edited", Erase.KEEP, _PART),
        "removed_at": Personal("taking-part", _AUTHOR, "taken away", Erase.KEEP, _PART),
    },
)

declare(
    "comment_versions",
    title=_("The words of your comments"),
    of={_AUTHOR: ("comment_id -> comments",)},
    plain=("comment_id", "number"),
    personal={
        "body": Personal("taking-part", _AUTHOR, "words", Erase.BLANK, "by the author's choice"),
        "language": Personal("taking-part", _AUTHOR, "language", Erase.KEEP, "one of two values"),
        "created_at": Personal("taking-part", _AUTHOR, "written", Erase.KEEP, _PART),
    },
)
