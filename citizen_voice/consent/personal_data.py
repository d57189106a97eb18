"""What is held about what people were told."""

from citizen_voice.consent import ledger_data as _ledger  # noqa: F401  # declares
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

declare(
    "purposes",
    plain=(
        "key",
        "basis",
        "active_from",
        "active_to",
        "words_en",
        "words_cy",
        "law_en",
        "law_cy",
        "condition_en",
        "condition_cy",
        "policy",
        "retention_en",
        "retention_cy",
        "changed_at",
    ),
)
declare(
    "notices",
    plain=(
        "id",
        "name",
        "version",
        "language",
        "text",
        "sha256",
        "effective_from",
        "audience",
        "layer",
        "changed",
        "material",
        "sections",
        "published_at",
    ),
)
declare(
    "notice_drafts",
    plain=(
        "name",
        "audience",
        "layer",
        "sections",
        "changed_en",
        "changed_cy",
        "material",
        "effective_on",
        "saved_at",
    ),
)

_WHOSE = "who was shown the notice"

declare(
    "notices_served",
    personal={
        "person_id": Personal("accountability", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
        "notice_id": Personal("accountability", _WHOSE, "notice", Erase.DELETE_ROW),
        "place": Personal("accountability", _WHOSE, "shown where", Erase.DELETE_ROW),
        "at": Personal("accountability", _WHOSE, "shown when", Erase.DELETE_ROW),
    },
    title=_("Notices that you were shown"),
    of={_WHOSE: ("person_id",)},
)
