"""What retention holds about people."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.retention import models as _models  # noqa: F401  # the tables
from citizen_voice.words import _

_OFFICER = "the member of staff"
_HELD = "whom a hold is about"
_WHY = "who acted has to be known afterwards; names nobody once the account is gone"
_CLAIM = "it may be about a claim; who asks is told what can be told"


def _officer(name: str | None) -> Personal:
    return Personal("accountability", _OFFICER, name, Erase.KEEP, _WHY)


declare(
    "retention_changes",
    title=_("Your changes of how long data is kept"),
    of={_OFFICER: ("changed_by",)},
    plain=("id", "rule", "number", "warn", "active"),
    personal={
        "changed_by": _officer(None),
        "changed_at": _officer("changed"),
        "reason": _officer("reason"),
    },
)

declare(
    "retention_holds",
    title=_("Holds on data"),
    of={_OFFICER: ("made_by", "ended_by"), _HELD: ("person_id",)},
    plain=("id", "idea_id"),
    personal={
        "person_id": Personal("accountability", _HELD, None, Erase.PSEUDONYM, _CLAIM),
        "reason": Personal("accountability", _HELD, None, Erase.KEEP, _CLAIM),
        "since": Personal("accountability", _HELD, "held since", Erase.KEEP, _WHY),
        "until": Personal("accountability", _HELD, "held until", Erase.KEEP, _WHY),
        "made_by": _officer(None),
        "ended_by": _officer(None),
        "ended_at": _officer("hold ended"),
    },
)

declare(
    "retention_warnings",
    title=_("When we told you that your account is not used"),
    of={"who was told": ("person_id",)},
    personal={
        name: Personal("account", "who was told", label, Erase.DELETE_ROW, why)
        for name, label, why in (
            ("person_id", None, "your own key"),
            ("warned_on", "told on", ""),
            ("written", "told by letter", ""),
        )
    },
)

declare(
    "retention_runs",
    plain=(
        "id",
        "rule",
        "day",
        "state",
        "token",
        "began_at",
        "beat_at",
        "ended_at",
        "done",
        "warned",
        "unreached",
        "failed",
    ),
)
