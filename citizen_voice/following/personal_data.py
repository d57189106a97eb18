"""What following holds about people."""

from citizen_voice.following import models as _models  # noqa: F401  # the table
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "who follows it"

declare(
    "follows",
    title=_("What you follow"),
    of={_WHOSE: ("person_id",)},
    plain=("changed_at",),
    personal={
        "id": Personal("news", _WHOSE, None, Erase.DELETE_ROW, "a key that says nothing"),
        "person_id": Personal("news", _WHOSE, None, Erase.DELETE_ROW, "the person themself"),
        "idea_id": Personal("news", _WHOSE, "idea you follow", Erase.DELETE_ROW),
        "pilot_id": Personal("news", _WHOSE, "trial you follow", Erase.DELETE_ROW),
        "on": Personal("news", _WHOSE, "whether you want to hear of it", Erase.DELETE_ROW),
    },
)
