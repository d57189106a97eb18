"""What is true of replies now."""

from citizen_voice.replies.queries.due import Due, DueCounts, DueFilters, due, due_counts
from citizen_voice.replies.queries.latest import latest
from citizen_voice.replies.queries.words import (
    BESIDE,
    WORDS,
    Standing,
    beside,
    of_idea,
    sent,
    standing,
    told_ideas,
    with_ideas,
)

__all__ = [
    "BESIDE",
    "WORDS",
    "Due",
    "DueCounts",
    "DueFilters",
    "Standing",
    "beside",
    "due",
    "due_counts",
    "latest",
    "of_idea",
    "sent",
    "standing",
    "told_ideas",
    "with_ideas",
]
