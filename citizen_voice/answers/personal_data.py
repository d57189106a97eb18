"""What answers hold about people."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "who answered"
_COUNTED = "the row goes; once the challenge is closed the figure stays, without the person"

declare(
    "answers",
    title=_("Your answers"),
    of={_WHOSE: ("person_id",)},
    personal={
        "idea_id": Personal("taking-part", _WHOSE, "idea", Erase.DELETE_ROW, _COUNTED),
        "person_id": Personal("taking-part", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
        "value": Personal("taking-part", _WHOSE, "answer", Erase.DELETE_ROW, _COUNTED),
        "previous": Personal("taking-part", _WHOSE, "answer before", Erase.DELETE_ROW),
        "version": Personal("taking-part", _WHOSE, "version answered", Erase.DELETE_ROW),
        "answered_at": Personal("taking-part", _WHOSE, "answered", Erase.DELETE_ROW),
    },
)

declare(
    "void_answers",
    title=_("Answers of yours that do not count"),
    of={_WHOSE: ("person_id",)},
    personal={
        "idea_id": Personal("safety", _WHOSE, "idea", Erase.DELETE_ROW),
        "person_id": Personal("safety", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
        "value": Personal("safety", _WHOSE, "answer that counts no more", Erase.DELETE_ROW),
        "previous": Personal("safety", _WHOSE, "answer before", Erase.DELETE_ROW),
        "version": Personal("safety", _WHOSE, "version answered", Erase.DELETE_ROW),
        "answered_at": Personal("safety", _WHOSE, "answered", Erase.DELETE_ROW),
        "voided_at": Personal("safety", _WHOSE, "counts no more since", Erase.DELETE_ROW),
    },
)
