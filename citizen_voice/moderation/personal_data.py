"""What cases hold about people."""

from citizen_voice.register import Erase, Personal, declare

_WHOSE = "whose words it is about"
_WHY = "about the words, with no name in it"

declare(
    "cases",
    plain=("id",),
    personal={
        "idea_id": Personal("safety", _WHOSE, "idea", Erase.KEEP, _WHY),
        "comment_id": Personal("safety", _WHOSE, "comment", Erase.KEEP, _WHY),
        "opened_at": Personal("safety", _WHOSE, "opened", Erase.KEEP, _WHY),
        "closed_at": Personal("safety", _WHOSE, "closed", Erase.KEEP, _WHY),
    },
)

declare(
    "case_reasons",
    plain=("id", "case_id"),
    personal={
        "kind": Personal("safety", _WHOSE, "why", Erase.KEEP, _WHY),
        "version": Personal("safety", _WHOSE, "version", Erase.KEEP, _WHY),
        "noted_at": Personal("safety", _WHOSE, "noted", Erase.KEEP, _WHY),
    },
)
