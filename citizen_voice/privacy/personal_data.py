"""What privacy holds about people: the copies that they asked for."""

from citizen_voice.privacy import mention_models as _mentions  # noqa: F401  # the table
from citizen_voice.privacy import models as _models  # noqa: F401  # the table
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

declare(
    "data_copies",
    title=_("Copies of your data"),
    of={"who asked for it": ("person_id",)},
    personal={
        name: Personal("accountability", "who asked for it", label, Erase.DELETE_ROW, why)
        for name, label, why in (
            ("id", "copy", ""),
            ("person_id", None, "your own key"),
            ("language", "language", ""),
            ("state", "state", ""),
            ("asked_at", "asked", ""),
            ("taken_at", "worked on", ""),
            ("tries", None, "a count"),
            ("done", "lines written", ""),
            ("total", "lines in all", ""),
            ("made_at", "made", ""),
            ("ends_at", "kept until", ""),
            ("size", "size in bytes", ""),
            ("sha256", "sum of the file", ""),
        )
    },
)

declare(
    "erasure_mentions",
    plain=(
        "id",
        "kind",
        "number",
        "comment_id",
        "part",
        "version",
        "begins",
        "ends",
        "found_at",
        "looked_at",
    ),
    title=_("Names in other people’s words that you looked at"),
    of={"the member of staff": ("looked_by",)},
    personal={
        "looked_by": Personal(
            "accountability",
            "the member of staff",
            "places you looked at",
            Erase.KEEP,
            "who acted has to be known afterwards; names nobody once the account is gone",
        )
    },
)
