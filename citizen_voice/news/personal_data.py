"""What news holds about people: what concerns one of them alone."""

from citizen_voice.news import models as _models  # noqa: F401  # the tables
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

declare(
    "news_items",
    title=_("News for you alone"),
    of={
        "whom it concerns": ("person_id",),
        "whose comment it is": ("comment_id -> comments",),
        "who did it": ("actor_id",),
        "who was told last": ("spread_to",),
    },
    plain=(
        "id",
        "kind",
        "at",
        "idea_id",
        "stage",
        "reply_id",
        "change_id",
        "other_id",
        "pilot_id",
        "update_id",
        "thanks_id",
        "taken_back_at",
        "spread_at",
    ),
    personal={
        "person_id": Personal(
            "taking-part", "whom it concerns", None, Erase.DELETE_ROW, "your own key"
        ),
        "comment_id": Personal("news", "whose comment it is", None, Erase.DELETE_ROW, "a key"),
        "actor_id": Personal(
            "accountability",
            "who did it",
            None,
            Erase.KEEP,
            "so that nobody is told of what they did; names nobody once the account is gone",
        ),
        "spread_to": Personal(
            "news", "who was told last", None, Erase.KEEP, "a place in a list, gone in minutes"
        ),
        "decision_id": Personal("safety", "whom it concerns", "decision", Erase.DELETE_ROW),
    },
)
declare(
    "news_choices",
    title=_("Your choices about news"),
    of={"who chose": ("person_id",), "who was told": ("person_id",)},
    personal={
        "person_id": Personal("news", "who chose", None, Erase.DELETE_ROW, "your own key"),
        "mail": Personal("news", "who chose", "news by mail", Erase.DELETE_ROW),
        "changed_at": Personal("news", "who chose", "news by mail since", Erase.DELETE_ROW),
        "mailed_at": Personal("news", "who chose", "newest letter of news", Erase.DELETE_ROW),
        "letter_id": Personal("news", "who chose", None, Erase.DELETE_ROW, "a letter's key"),
        "reasons_at": Personal(
            "accountability", "who was told", "newest letter of a decision", Erase.DELETE_ROW
        ),
    },
)
declare(
    "news_due",
    title=_("News that is about to be mailed to you"),
    of={"who is to be told": ("person_id",)},
    plain=("due_at",),
    personal={
        "person_id": Personal("news", "who is to be told", None, Erase.DELETE_ROW, "your own key"),
        "item_id": Personal("news", "who is to be told", "news to come", Erase.DELETE_ROW),
    },
)
