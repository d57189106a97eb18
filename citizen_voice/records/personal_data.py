"""What the officer's registers hold about people: the colleagues who wrote in them.

Whoever signs or gives advice is named by their post, as the law asks for the record of it.
"""

from citizen_voice.records import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_STAFF = "the member of staff"
_OF = {_STAFF: ("actor_id",)}
_KEPT = "who acted has to be known afterwards; names nobody once the account is gone"


def _actor(name: str) -> Personal:
    return Personal("accountability", _STAFF, name, Erase.KEEP, _KEPT)


declare(
    "record_changes",
    plain=("id", "register", "record_id", "act", "changes", "at"),
    personal={"actor_id": _actor("changes you made in the registers")},
    title=_("Your changes in the officer’s registers"),
    of=_OF,
)
declare(
    "processors",
    plain=(
        "id",
        "name",
        "does",
        "purposes",
        "data",
        "place",
        "contract_on",
        "checks",
        "transfer",
        "transfer_words",
        "review_on",
        "ended_on",
        "created_at",
        "changed_at",
    ),
)
declare(
    "breaches",
    plain=(
        "id",
        "title",
        "known_at",
        "happened",
        "whose",
        "how_many",
        "data",
        "consequences",
        "measures",
        "risk",
        "reported_at",
        "reference",
        "late_why",
        "not_reported_why",
        "told_at",
        "told_how",
        "not_told_why",
        "closed_at",
        "created_at",
        "changed_at",
    ),
)
declare(
    "breach_notes",
    plain=("id", "breach_id", "words", "at"),
    personal={"actor_id": _actor("what you noted about breaches")},
    title=_("Your notes about breaches"),
    of=_OF,
)
declare(
    "assessments",
    plain=(
        "id",
        "about",
        "version",
        "title",
        "need",
        "nature",
        "scope",
        "context",
        "aims",
        "consultation",
        "necessity",
        "advice",
        "advice_by",
        "followed",
        "signed_by",
        "signed_on",
        "review_on",
        "ended_at",
        "created_at",
        "changed_at",
    ),
)
declare(
    "assessment_risks",
    plain=("id", "assessment_id", "what", "likelihood", "severity", "measure", "left"),
)
declare(
    "safety_scopes",
    plain=(
        "id",
        "provider",
        "exemption",
        "why",
        "signed_by",
        "signed_on",
        "created_at",
    ),
)
declare(
    "safety_risks",
    plain=(
        "id",
        "kind",
        "level",
        "why",
        "measures",
        "assessed_by",
        "assessed_on",
        "created_at",
    ),
)
