"""What accounts hold about people."""

from citizen_voice.register import Erase, Personal, declare

_SELF = "the person"

declare(
    "persons",
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
        "paused_until": Personal("safety", _SELF, "paused until", Erase.BLANK),
        "shut_at": Personal("safety", _SELF, "account shut by a moderator", Erase.BLANK),
        "mail_refused_at": Personal("account", _SELF, "mail refused", Erase.BLANK),
        "mail_refused_words": Personal("account", _SELF, "why mail was refused", Erase.BLANK),
        "news_seen_at": Personal("taking-part", _SELF, "news read", Erase.BLANK),
    },
)

declare(
    "shut_addresses",
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

declare(
    "sessions",
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
