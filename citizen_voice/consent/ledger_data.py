"""What the ledger of consents and the newsletter hold about people."""

from citizen_voice.consent.models import ledger as _ledger  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_CHOSE = "who chose"
_OUTLIVES = (
    "that a choice was made has to be shown afterwards; once the key is gone it names nobody"
)
_ACTED = "who acted has to be known afterwards; names nobody once the account is gone"


def _kept(export: str | None, why: str = _OUTLIVES) -> Personal:
    return Personal("accountability", _CHOSE, export, Erase.KEEP, why)


declare(
    "consent_subjects",
    personal={
        "pseudonym": Personal(
            "accountability", _CHOSE, "your mark in the ledger of consents", Erase.DELETE_ROW
        ),
        "person_id": Personal("accountability", _CHOSE, None, Erase.DELETE_ROW, "your own key"),
        "salt": Personal(
            "accountability", _CHOSE, None, Erase.DELETE_ROW, "a random number that hides the key"
        ),
    },
    title=_("Your mark in the ledger of consents"),
    of={_CHOSE: ("person_id",)},
)
declare(
    "consents",
    plain=("previous_hash",),
    personal={
        "number": _kept("entry"),
        "at": _kept("when"),
        "subject": _kept(None, "the pseudonym stands in your mark; once that is gone, nobody’s"),
        "purpose": _kept("purpose"),
        "notice_version": _kept("version of the notice"),
        "notice_hash": _kept("hash of the notice"),
        "state": _kept("choice"),
        "control": _kept("with which control"),
        "screen": _kept("on which screen"),
        "language": _kept("in which language"),
        "personal_hash": _kept(None, "a hash that names nobody once its salt is gone"),
        "hash": _kept("hash of the entry"),
    },
    title=_("Your consents"),
    of={_CHOSE: ("subject -> consent_subjects",)},
)
declare(
    "newsletters",
    plain=(
        "id",
        "subject_en",
        "subject_cy",
        "text_en",
        "text_cy",
        "changed_at",
        "sent_at",
        "spread_at",
        "letters",
    ),
    personal={
        "written_by": Personal(
            "accountability", "who wrote it", "you wrote it", Erase.KEEP, _ACTED
        ),
        "sent_by": Personal("accountability", "who sent it", "you sent it", Erase.KEEP, _ACTED),
        "spread_to": Personal(
            "newsletter",
            "who was told last",
            None,
            Erase.KEEP,
            "a place in a list, gone in minutes",
        ),
    },
    title=_("Newsletters that you wrote or sent"),
    of={
        "who wrote it": ("written_by",),
        "who sent it": ("sent_by",),
        "who was told last": ("spread_to",),
    },
)
