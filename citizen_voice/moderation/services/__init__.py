"""What moderators do: cases, decisions, undoing them."""

from citizen_voice.moderation.services.appealing import appeal, decide_appeal, who_may_decide
from citizen_voice.moderation.services.cases import Subject, look_at_late_edits, note
from citizen_voice.moderation.services.claiming import CLAIM_LASTS, claim, leave_note, let_go
from citizen_voice.moderation.services.deciding import (
    AlreadyDecided,
    ChangedMeanwhile,
    Ruling,
    decide,
    undo,
    undo_batch,
)
from citizen_voice.moderation.services.reporting import (
    GRAVEST,
    Complaint,
    HiddenAlready,
    Mail,
    report,
)
from citizen_voice.moderation.services.revising import APPEAL_LASTS

__all__ = [
    "APPEAL_LASTS",
    "CLAIM_LASTS",
    "GRAVEST",
    "AlreadyDecided",
    "ChangedMeanwhile",
    "Complaint",
    "HiddenAlready",
    "Mail",
    "Ruling",
    "Subject",
    "appeal",
    "claim",
    "decide",
    "decide_appeal",
    "leave_note",
    "let_go",
    "look_at_late_edits",
    "note",
    "report",
    "undo",
    "undo_batch",
    "who_may_decide",
]
