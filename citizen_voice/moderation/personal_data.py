"""What moderation holds about people."""

from citizen_voice.moderation import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "whose words it is about"
_WHY = "about the words, with no name in it"
_STAFF = "the moderator"
_ACTED = "who decided has to be known afterwards; a key that names nobody once the account is gone"
_REPORTER = "who reported it"
_SHOWN = "shows what was decided and why; the account that it named is gone"

declare(
    "cases",
    title=_("What moderators looked at"),
    of={
        _WHOSE: ("idea_id -> ideas", "comment_id -> comments", "person_id"),
        "whose name it is about": ("person_id",),
        _STAFF: ("claimed_by",),
    },
    plain=("id", "urgency"),
    personal={
        "idea_id": Personal("safety", _WHOSE, "idea", Erase.KEEP, _WHY),
        "comment_id": Personal("safety", _WHOSE, "comment", Erase.KEEP, _WHY),
        "person_id": Personal("safety", "whose name it is about", "name", Erase.KEEP, _SHOWN),
        "opened_at": Personal("safety", _WHOSE, "opened", Erase.KEEP, _WHY),
        "due_at": Personal("safety", _WHOSE, "to be looked at by", Erase.KEEP, _WHY),
        "claimed_by": Personal("accountability", _STAFF, "cases you took", Erase.KEEP, _ACTED),
        "claimed_at": Personal("accountability", _STAFF, "taken", Erase.KEEP, _ACTED),
        "closed_at": Personal("safety", _WHOSE, "closed", Erase.KEEP, _WHY),
    },
)

declare(
    "case_reasons",
    title=_("Why moderators looked at it"),
    of={_WHOSE: ("case_id -> cases",)},
    plain=("id", "case_id"),
    personal={
        "kind": Personal("safety", _WHOSE, "why", Erase.KEEP, _WHY),
        "version": Personal("safety", _WHOSE, "version", Erase.KEEP, _WHY),
        "detail": Personal("safety", _WHOSE, "what was noticed", Erase.BLANK),
        "noted_at": Personal("safety", _WHOSE, "noted", Erase.KEEP, _WHY),
    },
)

declare(
    "reports",
    title=_("Your reports"),
    of={_REPORTER: ("reporter_id",)},
    plain=("id", "case_id", "version", "decision_id"),
    personal={
        "receipt_hash": Personal(
            "safety", _REPORTER, None, Erase.KEEP, "a hash: whoever has the number asks for it"
        ),
        "category": Personal("safety", _REPORTER, "category", Erase.KEEP, _WHY),
        "words": Personal(
            "safety",
            _REPORTER,
            "what you reported",
            Erase.KEEP,
            "a moderator needs them to decide; they go with the report, a year after it is closed",
        ),
        "language": Personal("safety", _REPORTER, "language", Erase.KEEP, "one of two values"),
        "email": Personal("safety", _REPORTER, "address to hear back", Erase.BLANK),
        "reporter_id": Personal("safety", _REPORTER, None, Erase.BLANK, "your own key"),
        "sender_hash": Personal(
            "safety", _REPORTER, None, Erase.BLANK, "a salted hash, kept for a day"
        ),
        "made_at": Personal("safety", _REPORTER, "reported", Erase.KEEP, _WHY),
    },
)

_GONE = "a salted hash tells only whether words are the same, and goes after 30 days"

declare(
    "word_marks",
    title=_("Marks of your words, to notice the same words again"),
    of={_WHOSE: ("author_id",)},
    plain=("id",),
    personal={
        "mark": Personal("safety", _WHOSE, None, Erase.KEEP, _GONE),
        "thing": Personal("safety", _WHOSE, "idea or comment", Erase.KEEP, _WHY),
        "author_id": Personal("safety", _WHOSE, None, Erase.BLANK, "your own key"),
        "said_at": Personal("safety", _WHOSE, "said", Erase.KEEP, _WHY),
    },
)

declare(
    "case_notes",
    title=_("Notes of moderators"),
    of={_WHOSE: ("case_id -> cases",), _STAFF: ("author_id",)},
    plain=("id", "case_id"),
    personal={
        "author_id": Personal("accountability", _STAFF, "notes you wrote", Erase.KEEP, _ACTED),
        "words": Personal("safety", _WHOSE, "note", Erase.BLANK),
        "written_at": Personal("accountability", _STAFF, "written", Erase.KEEP, _ACTED),
    },
)

declare(
    "grounds",
    plain=("id", "name_en", "name_cy", "letter_en", "letter_cy", "position", "retired_at"),
)
declare("moderation_targets", plain=("kind", "hours"))
declare("watched_words", plain=("language", "words"))
declare("answer_watch", plain=("idea_id", "answers", "looked_at"))

_TOLD = "who was told"

declare(
    "decisions",
    title=_("Decisions of moderators"),
    of={_TOLD: ("person_id",), _STAFF: ("decided_by", "undone_by")},
    plain=("id", "case_id", "batch_id", "ground_id", "version"),
    personal={
        "act": Personal("safety", _TOLD, "what was decided", Erase.KEEP, _SHOWN),
        "words": Personal("safety", _TOLD, "reasons", Erase.BLANK, "where the words go, too"),
        "language": Personal("safety", _TOLD, "language", Erase.KEEP, "one of two values"),
        "automated": Personal("safety", _TOLD, "noticed by a machine", Erase.KEEP, _SHOWN),
        "person_id": Personal("safety", _TOLD, None, Erase.PSEUDONYM, "your own key"),
        "decided_by": Personal("accountability", _STAFF, "you decided", Erase.KEEP, _ACTED),
        "decided_at": Personal("safety", _TOLD, "decided", Erase.KEEP, _SHOWN),
        "until": Personal("safety", _TOLD, "until", Erase.KEEP, _SHOWN),
        "before": Personal("safety", _TOLD, None, Erase.BLANK, "what undoing needs; a name goes"),
        "original": Personal("safety", _TOLD, "words taken out", Erase.BLANK),
        "undone_at": Personal("safety", _TOLD, "undone", Erase.KEEP, _SHOWN),
        "undone_by": Personal("accountability", _STAFF, "you undid", Erase.KEEP, _ACTED),
    },
)

_ASKED = "who asked somebody else to look"

declare(
    "appeals",
    title=_("Where you asked somebody else to look"),
    of={_ASKED: ("decision_id -> decisions",), _STAFF: ("decided_by",)},
    plain=("id", "decision_id"),
    personal={
        "words": Personal("safety", _ASKED, "why you asked", Erase.BLANK),
        "language": Personal("safety", _ASKED, "language", Erase.KEEP, "one of two values"),
        "made_at": Personal("safety", _ASKED, "asked", Erase.KEEP, _SHOWN),
        "decided_by": Personal("accountability", _STAFF, "you decided", Erase.KEEP, _ACTED),
        "decided_at": Personal("safety", _ASKED, "answered", Erase.KEEP, _SHOWN),
        "outcome": Personal("safety", _ASKED, "outcome", Erase.KEEP, _SHOWN),
        "reason": Personal("safety", _ASKED, "answer", Erase.BLANK),
    },
)
