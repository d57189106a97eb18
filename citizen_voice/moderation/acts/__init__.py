"""What a decision does to a thing, and how that is undone: one class an act."""

from citizen_voice.moderation.acts.act import Act, Done
from citizen_voice.moderation.acts.people import Close, Pause, Warn
from citizen_voice.moderation.acts.words import Ask, Hide, Keep, Redact
from citizen_voice.moderation.models import (
    ASK,
    CLOSE,
    HIDE,
    KEEP,
    PAUSE,
    REDACT,
    WARN,
)

# LEAD: MOVE, MERGE (places.py) and VOID (sham.py) join as soon as merging/services.py,
# ideas/services/moving.py and answers/voiding.py are there.
ACTS: dict[str, Act] = {
    KEEP: Keep(),
    HIDE: Hide(),
    ASK: Ask(),
    REDACT: Redact(),
    WARN: Warn(),
    PAUSE: Pause(),
    CLOSE: Close(),
}

__all__ = ["ACTS", "Act", "Done"]
