"""What replies hold about people: who wrote them for the council."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.replies import models as _models  # noqa: F401  # the tables
from citizen_voice.words import _

declare(
    "replies",
    title=_("Replies that you wrote for the council"),
    of={"the member of staff": ("author_id",)},
    plain=(
        "id",
        "outcome",
        "reason_en",
        "reason_cy",
        "team_en",
        "team_cy",
        "passed_to_en",
        "passed_to_cy",
        "replied_on",
        "next_on",
        "created_at",
    ),
    personal={
        "author_id": Personal(
            "accountability",
            "the member of staff",
            "replies you wrote",
            Erase.KEEP,
            "who acted has to be known afterwards; names nobody once the account is gone",
        )
    },
)
declare("idea_replies", plain=("idea_id", "reply_id", "change_id", "taken_back_at"))
