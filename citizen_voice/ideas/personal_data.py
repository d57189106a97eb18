"""What ideas hold about people."""

from citizen_voice.ideas.models import IdeaListing
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_AUTHOR = "the author"

declare(
    "ideas",
    title=_("Your ideas"),
    of={_AUTHOR: ("author_id",)},
    plain=("challenge_id", "stage", "staged_at", "version", "public_from"),
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
        "withdrawn_at": Personal(
            "taking-part", _AUTHOR, "taken back", Erase.KEEP, "part of the idea"
        ),
        "withdrawn_why": Personal(
            "taking-part", _AUTHOR, "why taken back", Erase.BLANK, "by the author's choice"
        ),
        "withdrawn_words": Personal(
            "taking-part", _AUTHOR, "words on taking it back", Erase.BLANK, "by the author's choice"
        ),
        "withdrawn_language": Personal(
            "taking-part", _AUTHOR, "language of these words", Erase.BLANK, "goes with the words"
        ),
    },
)

declare(
    "idea_versions",
    title=_("The words of your ideas"),
    of={_AUTHOR: ("idea_id -> ideas",)},
    plain=("idea_id", "number"),
    personal={
        "title": Personal("taking-part", _AUTHOR, "title", Erase.BLANK, "by the author's choice"),
        "body": Personal("taking-part", _AUTHOR, "words", Erase.BLANK, "by the author's choice"),
        "language": Personal("taking-part", _AUTHOR, "language", Erase.KEEP, "one of two values"),
        "created_at": Personal("taking-part", _AUTHOR, "written", Erase.KEEP, "part of the idea"),
    },
)

_LISTED = "a copy for lists; it goes with the words"
declare(
    "idea_listing",
    of={_AUTHOR: ("idea_id -> ideas",)},
    plain=[c.name for c in IdeaListing.__table__.columns if c.name not in ("title", "language")],
    personal={
        "title": Personal("taking-part", _AUTHOR, None, Erase.BLANK, _LISTED),
        "language": Personal("taking-part", _AUTHOR, None, Erase.KEEP, _LISTED),
    },
)

declare(
    "stage_changes",
    title=_("Stages that you moved ideas to"),
    of={"the member of staff": ("changed_by",)},
    plain=(
        "id",
        "idea_id",
        "was",
        "stage",
        "staged_before",
        "reason_en",
        "reason_cy",
        "next_on",
        "pilot_id",
        "changed_at",
        "taken_back_at",
    ),
    personal={
        "changed_by": Personal(
            "accountability",
            "the member of staff",
            "stages you moved ideas to",
            Erase.KEEP,
            "who acted has to be known afterwards; names nobody once the account is gone",
        )
    },
)

declare(
    "idea_drafts",
    title=_("Your drafts"),
    of={"who writes it": ("person_id",)},
    personal={
        name: Personal("taking-part", "who writes it", label, Erase.DELETE_ROW, why)
        for name, label, why in (
            ("id", "draft", ""),
            ("person_id", None, "your own key"),
            ("challenge_id", "challenge", ""),
            ("topic_id", "topic", ""),
            ("ward_id", "place", ""),
            ("title", "title", ""),
            ("body", "words", ""),
            ("language", "language", ""),
            ("revision", "times saved", ""),
            ("form_key", None, "tells two open tabs apart"),
            ("created_at", "begun", ""),
            ("saved_at", "saved", ""),
            ("ends_at", "ends", ""),
        )
    },
)

_COPY = "a copy to search in; it goes with the words"
declare(
    "idea_search",
    plain=("rowid",),
    personal={
        "title": Personal("taking-part", _AUTHOR, None, Erase.DELETE_ROW, _COPY),
        "words": Personal("taking-part", _AUTHOR, None, Erase.DELETE_ROW, _COPY),
    },
)
declare(
    "idea_search_terms",
    plain=("documents",),
    personal={"term": Personal("taking-part", "authors", None, Erase.DELETE_ROW, _COPY)},
)
