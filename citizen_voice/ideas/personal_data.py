"""What ideas hold about people."""

from citizen_voice.ideas.models import IdeaListing
from citizen_voice.register import Erase, Personal, declare

_AUTHOR = "the author"

declare(
    "ideas",
    plain=("challenge_id", "stage", "version"),
    personal={
        "id": Personal("taking-part", _AUTHOR, "reference", Erase.KEEP, "others refer to it"),
        "author_id": Personal("taking-part", _AUTHOR, None, Erase.PSEUDONYM, "your own key"),
        "topic_id": Personal("taking-part", _AUTHOR, "topic", Erase.KEEP, "part of the idea"),
        "ward_id": Personal("taking-part", _AUTHOR, "place", Erase.KEEP, "part of the idea"),
        "visibility": Personal("safety", _AUTHOR, "visibility", Erase.KEEP, "about the words"),
        "hidden_reason": Personal("safety", _AUTHOR, "why hidden", Erase.KEEP, "about the words"),
        "created_at": Personal("taking-part", _AUTHOR, "written", Erase.KEEP, "part of the idea"),
        "published_at": Personal(
            "taking-part", _AUTHOR, "published", Erase.KEEP, "part of the idea"
        ),
        "edited_at": Personal("taking-part", _AUTHOR, "edited", Erase.KEEP, "part of the idea"),
    },
)

declare(
    "idea_versions",
    plain=("idea_id", "number"),
    personal={
        "title": Personal("taking-part", _AUTHOR, "title", Erase.BLANK, "by the author's choice"),
        "body": Personal("taking-part", _AUTHOR, "words", Erase.BLANK, "by the author's choice"),
        "language": Personal("taking-part", _AUTHOR, "language", Erase.KEEP, "one of two values"),
        "created_at": Personal("taking-part", _AUTHOR, "written", Erase.KEEP, "part of the idea"),
    },
)

declare("idea_listing", plain=[column.name for column in IdeaListing.__table__.columns])
