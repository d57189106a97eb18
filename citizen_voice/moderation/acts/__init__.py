"""What a decision does to a thing, and how that is undone: one class an act."""

from citizen_voice.moderation.acts.act import Act, Done, StandsStill
from citizen_voice.moderation.acts.people import Close, Pause, Warn
from citizen_voice.moderation.acts.places import Merge, Move
from citizen_voice.moderation.acts.sham import Void
from citizen_voice.moderation.acts.words import Ask, Hide, Keep, Redact
from citizen_voice.moderation.models import (
    ASK,
    CLOSE,
    HIDE,
    KEEP,
    MERGE,
    MOVE,
    PAUSE,
    REDACT,
    VOID,
    WARN,
)

ACTS: dict[str, Act] = {
    KEEP: Keep(),
    HIDE: Hide(),
    ASK: Ask(),
    REDACT: Redact(),
    MOVE: Move(),
    MERGE: Merge(),
    WARN: Warn(),
    PAUSE: Pause(),
    CLOSE: Close(),
    VOID: Void(),
}

__all__ = ["ACTS", "Act", "Done", "StandsStill"]
