"""What merges hold about people: how they had answered, so that it can come back."""

from citizen_voice.merging import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_ANSWERER = "who answered"
_ACTED = "who acted has to be known afterwards; names nobody once the account is gone"

declare(
    "idea_merges",
    title=_("Ideas that you joined or took apart"),
    of={"the moderator": ("merged_by", "undone_by")},
    plain=(
        "id",
        "from_id",
        "into_id",
        "stage_before",
        "staged_before",
        "active_from",
        "active_into",
        "active_joined",
        "reason",
        "merged_at",
        "undone_at",
    ),
    personal={
        "merged_by": Personal(
            "accountability", "the moderator", "you joined ideas", Erase.KEEP, _ACTED
        ),
        "undone_by": Personal(
            "accountability", "the moderator", "you took ideas apart", Erase.KEEP, _ACTED
        ),
    },
)

declare(
    "merged_answers",
    title=_("Your answers to ideas that were joined"),
    of={_ANSWERER: ("person_id",)},
    plain=("merge_id",),
    personal={
        "person_id": Personal("taking-part", _ANSWERER, None, Erase.DELETE_ROW, "your own key"),
        "value": Personal("taking-part", _ANSWERER, "answer", Erase.DELETE_ROW),
        "previous": Personal("taking-part", _ANSWERER, "answer before", Erase.DELETE_ROW),
        "version": Personal("taking-part", _ANSWERER, "version answered", Erase.DELETE_ROW),
        "answered_at": Personal("taking-part", _ANSWERER, "answered", Erase.DELETE_ROW),
        "own_value": Personal("taking-part", _ANSWERER, "answer to the other", Erase.DELETE_ROW),
        "own_previous": Personal("taking-part", _ANSWERER, "the one before it", Erase.DELETE_ROW),
        "own_version": Personal("taking-part", _ANSWERER, "its version", Erase.DELETE_ROW),
        "own_answered_at": Personal("taking-part", _ANSWERER, "its time", Erase.DELETE_ROW),
        "became": Personal("taking-part", _ANSWERER, "what became of it", Erase.DELETE_ROW),
        "voided_at": Personal("safety", _ANSWERER, "not counted since", Erase.DELETE_ROW),
    },
)
