"""Joining ideas that say the same, taking them apart, and what each person may do about it."""

from citizen_voice.merging.services.joining import CannotJoin, merge
from citizen_voice.merging.services.parting import unmerge
from citizen_voice.merging.services.persons import (
    NothingToTakeOut,
    answers_again,
    answers_of_leaving,
    answers_voided,
    not_mine,
)

__all__ = [
    "CannotJoin",
    "NothingToTakeOut",
    "answers_again",
    "answers_of_leaving",
    "answers_voided",
    "merge",
    "not_mine",
    "unmerge",
]
