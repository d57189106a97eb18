"""What widgets hold about people: which member of staff made one. Views are about hosts alone."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.widgets import models as _models  # noqa: F401  # the tables
from citizen_voice.words import _

declare(
    "widgets",
    title=_("Widgets that you made"),
    of={"the member of staff": ("created_by",)},
    plain=(
        "id",
        "name",
        "kind",
        "idea_id",
        "challenge_id",
        "pilot_id",
        "accent",
        "radius",
        "scheme",
        "language",
        "return_address",
        "created_at",
        "changed_at",
        "ended_at",
    ),
    personal={
        "created_by": Personal(
            "accountability",
            "the member of staff",
            "widgets you made",
            Erase.BLANK,
        ),
    },
)
declare("widget_sites", plain=("id", "widget_id", "origin"))
declare("widget_views", plain=("day", "widget_id", "kind", "host", "views"))
declare("widget_refusals", plain=("widget_id", "host", "last_on"))
