"""What moderators do: cases, decisions, undoing them."""

from citizen_voice.moderation.services.appealing import appeal, decide_appeal, who_may_decide
from citizen_voice.moderation.services.cases import Subject, look_at_late_edits, note
from citizen_voice.moderation.services.claiming import claim, leave_note, let_go
from citizen_voice.moderation.services.deciding import (
    AlreadyDecided,
    ChangedMeanwhile,
    Ruling,
    decide,
    undo,
    undo_batch,
)
from citizen_voice.moderation.services.revising import APPEAL_LASTS, forget_originals

__all__ = [
    "APPEAL_LASTS",
    "AlreadyDecided",
    "ChangedMeanwhile",
    "Ruling",
    "Subject",
    "appeal",
    "claim",
    "decide",
    "decide_appeal",
    "forget_originals",
    "leave_note",
    "let_go",
    "look_at_late_edits",
    "note",
    "undo",
    "undo_batch",
    "who_may_decide",
]
