"""What is held about what people were told."""

from citizen_voice.register import Erase, Personal, declare

declare("purposes", plain=("key", "basis", "active_from", "active_to"))
declare("notices", plain=("id", "name", "version", "language", "text", "sha256", "effective_from"))

_WHOSE = "who was shown the notice"

declare(
    "notices_served",
    personal={
        "person_id": Personal("accountability", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
        "notice_id": Personal("accountability", _WHOSE, "notice", Erase.DELETE_ROW),
        "place": Personal("accountability", _WHOSE, "shown where", Erase.DELETE_ROW),
        "at": Personal("accountability", _WHOSE, "shown when", Erase.DELETE_ROW),
    },
)
