"""What accounts hold about people."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_SELF = "the person"

declare(
    "persons",
    title=_("Your account"),
    of={_SELF: ("id",)},
    personal={
        "id": Personal(
            "account",
            _SELF,
            "key",
            Erase.PSEUDONYM,
            "a random key; stays as Former participant where their words stay",
        ),
        "kind": Personal("account", _SELF, "kind of account", Erase.PSEUDONYM, "set to former"),
        "email": Personal("account", _SELF, "e-mail address", Erase.BLANK),
        "display_name": Personal("taking-part", _SELF, "name", Erase.BLANK),
        "age_band": Personal("account", _SELF, "age band", Erase.BLANK),
        "language": Personal("account", _SELF, "language", Erase.KEEP, "one of two values"),
        "created_at": Personal("account", _SELF, "joined", Erase.KEEP, "no use without the rest"),
        "closed_at": Personal(
            "accountability", _SELF, "closed", Erase.KEEP, "shows that the wish was met, and when"
        ),
        "seen_on": Personal("account", _SELF, "last day here", Erase.BLANK),
        "paused_until": Personal("safety", _SELF, "paused until", Erase.BLANK),
        "shut_at": Personal("safety", _SELF, "account shut by a moderator", Erase.BLANK),
        "mail_refused_at": Personal("account", _SELF, "mail refused", Erase.BLANK),
        "mail_refused_words": Personal("account", _SELF, "why mail was refused", Erase.BLANK),
        "news_seen_at": Personal("taking-part", _SELF, "news read", Erase.BLANK),
    },
)

declare(
    "shut_addresses",
    title=_("A mark of your address, where your account was closed"),
    of={"whose account was shut": ("person_id",)},
    personal={
        "mark": Personal(
            "safety",
            "whose account was shut",
            None,
            Erase.KEEP,
            "so that a shut account is not made anew; names nobody; goes after twelve months",
        ),
        "person_id": Personal(
            "safety",
            "whose account was shut",
            None,
            Erase.PSEUDONYM,
            "a random key; so that the mark goes where the decision is undone",
        ),
        "ends_at": Personal(
            "safety", "whose account was shut", "kept until", Erase.KEEP, "goes with the mark"
        ),
    },
)

declare("erasures_applied", plain=("id", "number", "hash", "at", "wiped_number", "wiped_at"))

declare(
    "sessions",
    title=_("Browsers that you are signed in with"),
    of={"who is signed in": ("person_id",)},
    personal={
        name: Personal("account", "who is signed in", label, Erase.DELETE_ROW, why)
        for name, label, why in (
            ("id", "session", ""),
            ("person_id", None, "your own key"),
            ("token_hash", None, "a secret"),
            ("csrf", None, "a secret"),
            ("device", "browser", ""),
            ("shared", "shared computer", ""),
            ("staff", "signed in as staff", ""),
            ("confirmed_at", "last proved who you are", ""),
            ("created_at", "signed in", ""),
            ("seen_at", "last seen", ""),
            ("last_visit_at", "visit before", ""),
            ("expires_at", "ends", ""),
        )
    },
)

declare(
    "pending_sign_ins",
    title=_("Sign-ins that you began"),
    of={"who is signing in": ("person_id",)},
    personal={
        name: Personal("account", "who is signing in", label, Erase.DELETE_ROW, why)
        for name, label, why in (
            ("id", None, "lives 24 hours"),
            ("token_hash", None, "a secret"),
            ("person_id", None, "your own key"),
            ("next", "page to go back to", ""),
            ("intent", "what you were doing", ""),
            ("email", "address you gave", ""),
            ("shared", "shared computer", ""),
            ("notice_version", "notice shown", ""),
            ("code_hash", None, "a secret"),
            ("link_hash", None, "a secret"),
            ("sent_at", "code sent", ""),
            ("tries", None, "a count"),
            ("verified_at", "code accepted", ""),
            ("language", "language", ""),
            ("created_at", "begun", ""),
            ("expires_at", "ends", ""),
        )
    },
)

_STAFF = "the colleague"

declare(
    "age_rules",
    title=_("Ages that you set for this site"),
    of={_STAFF: ("set_by", "taken_back_by")},
    plain=("id", "feature", "minimum", "effective_from"),
    personal={
        "set_by": Personal("accountability", _STAFF, "you set", Erase.KEEP, "who set an age"),
        "set_at": Personal("accountability", _STAFF, "set", Erase.KEEP, "when it was set"),
        "taken_back_by": Personal(
            "accountability", _STAFF, "you took back", Erase.KEEP, "who took an age back"
        ),
        "taken_back_at": Personal(
            "accountability", _STAFF, "taken back", Erase.KEEP, "when it was taken back"
        ),
    },
)
