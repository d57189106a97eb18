"""What news holds about people: what concerns one of them alone."""

from citizen_voice.news import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare

declare(
    "news_items",
    plain=(
        "id",
        "kind",
        "at",
        "idea_id",
        "stage",
        "reply_id",
        "change_id",
        "other_id",
        "taken_back_at",
    ),
    personal={
        "person_id": Personal(
            "taking-part", "whom it concerns", None, Erase.DELETE_ROW, "your own key"
        ),
        "decision_id": Personal("safety", "whom it concerns", "decision", Erase.DELETE_ROW),
    },
)
