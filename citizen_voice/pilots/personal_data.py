"""What pilots hold about people: the staff who run them, and whose comment changed something."""

from citizen_voice.pilots import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _


def _staff(name: str) -> Personal:
    return Personal(
        "accountability",
        "the member of staff",
        name,
        Erase.KEEP,
        "who acted has to be known afterwards; names nobody once the account is gone",
    )


declare(
    "pilots",
    title=_("Trials that you run"),
    of={"the member of staff": ("owner_id", "deputy_id", "manager_id", "created_by")},
    plain=(
        "id",
        "title_en",
        "title_cy",
        "place_en",
        "place_cy",
        "known_en",
        "known_cy",
        "team_en",
        "team_cy",
        "owner_shown",
        "deputy_shown",
        "ends_on",
        "stage",
        "staged_at",
        "next_on",
        "dpia",
        "after_id",
        "created_at",
        "cancelled_at",
    ),
    personal={
        "owner_id": _staff("trials you own"),
        "deputy_id": _staff("trials you deputise in"),
        "manager_id": _staff("trials whose late words you hear of as the manager"),
        "created_by": _staff("trials you started"),
    },
)
declare(
    "pilot_cards",
    plain=(
        "pilot_id",
        "key",
        "words_en",
        "words_cy",
    ),
)
declare(
    "pilot_ideas",
    title=_("Ideas that you linked with trials"),
    of={"the member of staff": ("linked_by",)},
    plain=(
        "pilot_id",
        "idea_id",
        "taken_en",
        "taken_cy",
        "linked_at",
        "unlinked_at",
    ),
    personal={"linked_by": _staff("ideas you linked with trials")},
)
declare(
    "pilot_changes",
    title=_("Plans that you changed"),
    of={"the member of staff": ("changed_by",)},
    plain=(
        "id",
        "pilot_id",
        "what",
        "measure_id",
        "was_en",
        "was_cy",
        "now_en",
        "now_cy",
        "why_en",
        "why_cy",
        "changed_at",
    ),
    personal={"changed_by": _staff("plans you changed")},
)
declare(
    "pilot_measures",
    plain=(
        "id",
        "pilot_id",
        "name_en",
        "name_cy",
        "unit_en",
        "unit_cy",
        "better",
        "baseline",
        "target",
        "source_en",
        "source_cy",
        "first_on",
        "created_at",
        "removed_at",
    ),
)
declare(
    "pilot_readings",
    title=_("Readings that you added"),
    of={"the member of staff": ("added_by",)},
    plain=(
        "measure_id",
        "day",
        "value",
        "note",
        "added_at",
    ),
    personal={"added_by": _staff("readings you added")},
)
declare(
    "pilot_pictures",
    plain=(
        "digest",
        "kind",
        "content",
        "width",
        "height",
        "added_at",
    ),
)
declare(
    "pilot_updates",
    title=_("Updates that you posted"),
    of={"the member of staff": ("author_id",)},
    plain=(
        "id",
        "pilot_id",
        "state",
        "words_en",
        "words_cy",
        "picture",
        "alt_en",
        "alt_cy",
        "next_on",
        "created_at",
        "taken_back_at",
    ),
    personal={"author_id": _staff("updates you posted")},
)
declare(
    "pilot_reminders",
    plain=(
        "pilot_id",
        "due_on",
        "step",
        "sent_at",
    ),
)
declare(
    "pilot_thanks",
    title=_("Thanks for comments that changed a trial"),
    of={
        "the member of staff": ("author_id",),
        "whose comment it is": ("comment_id -> comments",),
    },
    plain=(
        "id",
        "pilot_id",
        "words_en",
        "words_cy",
        "created_at",
        "taken_back_at",
    ),
    personal={
        "author_id": _staff("thanks you gave"),
        "comment_id": Personal(
            "taking-part",
            "whose comment it is",
            "your comment that changed a trial",
            Erase.KEEP,
            "the council’s thanks refer to it; names nobody once the account is gone",
        ),
    },
)
declare(
    "pilot_decisions",
    title=_("Decisions about trials that you took"),
    of={"the member of staff": ("declared_by", "confirmed_by")},
    plain=(
        "id",
        "pilot_id",
        "decision",
        "learned_en",
        "learned_cy",
        "next_en",
        "next_cy",
        "next_on",
        "declared_at",
        "confirmed_at",
        "sent_back_at",
        "sent_back_why",
    ),
    personal={
        "declared_by": _staff("decisions you declared"),
        "confirmed_by": _staff("decisions you confirmed"),
    },
)
declare(
    "pilot_evidence",
    plain=(
        "decision_id",
        "measure_id",
        "words_en",
        "words_cy",
    ),
)
