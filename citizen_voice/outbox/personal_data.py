"""What the outbox holds about people."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "who the letter is for"

declare(
    "outbox_mails",
    title=_("Letters to you"),
    of={_WHOSE: ("person_id", "to_address @ persons.email")},
    plain=(
        "purpose",
        "kind",
        "urgency",
        "lasting",
        "language",
        "created_at",
        "due_at",
        "attempts",
        "begun_at",
        "last_error",
        "sent_at",
        "failed_at",
    ),
    personal={
        "id": Personal("account", _WHOSE, "letter", Erase.DELETE_ROW),
        "to_address": Personal("account", _WHOSE, "sent to", Erase.DELETE_ROW),
        "subject": Personal("account", _WHOSE, "subject", Erase.DELETE_ROW),
        "body": Personal("account", _WHOSE, "text", Erase.DELETE_ROW),
        "html": Personal("account", _WHOSE, None, Erase.DELETE_ROW, "the same text again"),
        "unsubscribe": Personal(
            "account", _WHOSE, None, Erase.DELETE_ROW, "opens your choices to who has it"
        ),
        "person_id": Personal("account", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
    },
)
declare(
    "outbox_settings",
    title=_("When you stopped the mail"),
    of={"the member of staff": ("stopped_by",)},
    plain=("id", "stopped_at", "per_minute"),
    personal={
        "stopped_by": Personal(
            "accountability",
            "the member of staff",
            "when you stopped the mail",
            Erase.KEEP,
            "who acted has to be known afterwards; names nobody once the account is gone",
        )
    },
)
declare("periodic_runs", plain=("name", "slot", "taken_at", "done_at"))
