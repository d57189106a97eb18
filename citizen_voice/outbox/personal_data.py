"""What the outbox holds about people."""

from citizen_voice.register import Erase, Personal, declare

_WHOSE = "who the letter is for"

declare(
    "outbox_mails",
    plain=(
        "purpose",
        "language",
        "created_at",
        "due_at",
        "attempts",
        "last_error",
        "sent_at",
        "failed_at",
    ),
    personal={
        "id": Personal("account", _WHOSE, "letter", Erase.DELETE_ROW),
        "to_address": Personal("account", _WHOSE, "sent to", Erase.DELETE_ROW),
        "subject": Personal("account", _WHOSE, "subject", Erase.DELETE_ROW),
        "body": Personal("account", _WHOSE, "text", Erase.DELETE_ROW),
    },
)
