"""What the rights desk holds about people: who asked what, and how it was dealt with."""

from citizen_voice.desk import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_ASKED = "who asked"
_STAFF = "the member of staff"
_WHY = "shows that your request was dealt with in time; names nobody once your account is gone"
_NEEDED = (
    "needed to answer a complaint that is open; goes with the account, or a year after it ends"
)
_ACTED = "who acted has to be known afterwards; names nobody once the account is gone"


def _shown(name: str) -> Personal:
    return Personal("accountability", _ASKED, name, Erase.KEEP, _WHY)


def _needed(name: str) -> Personal:
    return Personal("accountability", _ASKED, name, Erase.KEEP, _NEEDED)


def _gone(name: str) -> Personal:
    return Personal("accountability", _ASKED, name, Erase.BLANK)


def _by(name: str) -> Personal:
    return Personal("accountability", _STAFF, name, Erase.KEEP, _ACTED)


declare(
    "rights_requests",
    plain=("id", "due_sure"),
    title=_("What you asked about your data"),
    of={_ASKED: ("person_id",), _STAFF: ("entered_by", "decided_by")},
    personal={
        "receipt_hash": Personal(
            "accountability", _ASKED, None, Erase.KEEP, "a hash: whoever has the number asks for it"
        ),
        "kind": _shown("what you asked for"),
        "channel": _shown("how it came"),
        "person_id": Personal("accountability", _ASKED, None, Erase.BLANK, "your own key"),
        "name": _needed("name"),
        "email": _needed("e-mail address"),
        "address": _needed("postal address"),
        "language": _shown("language"),
        "words": _needed("your words"),
        "received_on": _shown("received"),
        "made_at": _shown("noted"),
        "entered_by": _by("requests you entered"),
        "identity": _shown("what was known of who asked"),
        "identity_on": _shown("known since"),
        "fee_asked_on": _shown("fee asked"),
        "fee_paid_on": _shown("fee paid"),
        "extended_on": _shown("two months more taken"),
        "acknowledged_on": _shown("acknowledged"),
        "due_on": _shown("due"),
        "target_on": _shown("meant to be answered by"),
        "outcome": _shown("how it ended"),
        "outcome_words": _gone("why"),
        "ico_told": _shown("told how to reach the ICO"),
        "decided_by": _by("requests you closed"),
        "closed_at": _shown("closed"),
        "disputed": _gone("what you say is wrong"),
        "forgotten_at": _shown("details deleted"),
    },
)
_REQUEST = ("request_id -> rights_requests",)
declare(
    "rights_pauses",
    plain=("id", "request_id"),
    title=_("What we asked you to make clear"),
    of={_ASKED: _REQUEST},
    personal={"asked_on": _shown("asked"), "answered_on": _shown("answered")},
)
declare(
    "rights_events",
    plain=("id", "request_id"),
    title=_("What was done about what you asked"),
    of={_ASKED: _REQUEST, _STAFF: ("actor_id",)},
    personal={
        "act": _shown("step"),
        "words": _gone("words"),
        "day": _shown("day"),
        "at": _shown("noted"),
        "actor_id": _by("steps you took"),
    },
)
declare(
    "rights_letters",
    plain=("id", "request_id"),
    title=_("Letters about what you asked"),
    of={_ASKED: _REQUEST, _STAFF: ("made_by",)},
    personal={
        "kind": _shown("kind of letter"),
        "language": _shown("language"),
        "subject": _needed("subject of the letter"),
        "body": _needed("text of the letter"),
        "way": _shown("how it left"),
        "made_at": _shown("written"),
        "made_by": _by("letters you wrote"),
    },
)
declare(
    "restrictions",
    plain=("id", "request_id"),
    title=_("When your words were hidden for a request"),
    of={_ASKED: ("person_id",)},
    personal={
        "person_id": Personal("accountability", _ASKED, None, Erase.BLANK, "your own key"),
        "since": _shown("since"),
        "until": _shown("until"),
        "hidden": Personal(
            "accountability", _ASKED, None, Erase.BLANK, "keys of your words, to show them again"
        ),
        "paused_until": _gone("account paused before, until"),
    },
)
declare("desk_settings", plain=("id", "nation"))
declare("bank_holidays", plain=("nation", "day", "name"))
