"""What opinion groups hold about people."""

from citizen_voice.board import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "the imported participant"

declare(
    "participant_groups",
    title=_("Your opinion groups"),
    of={_WHOSE: ("person_id",)},
    plain=("challenge_id",),
    personal={
        "person_id": Personal("taking-part", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
        "group_number": Personal("taking-part", _WHOSE, "opinion group", Erase.DELETE_ROW),
    },
)
