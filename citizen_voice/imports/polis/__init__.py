"""A conversation exported from Polis, read and validated as a whole before anything is imported.

``read(folder, now)`` gives a ``Conversation`` or raises ``FolderRefused``, which lists what is
wrong by file and line. Nothing in here knows the web or the database.
"""

from citizen_voice.imports.polis.conversation import (
    Answer,
    Batch,
    Conversation,
    Counts,
    Difference,
)
from citizen_voice.imports.polis.folder import read
from citizen_voice.imports.polis.matrix import Participant
from citizen_voice.imports.polis.refusals import FolderRefused, Problem
from citizen_voice.imports.polis.statements import Statement
from citizen_voice.imports.polis.summary import Summary
from citizen_voice.imports.polis.times import TimeFigures

__all__ = [
    "Answer",
    "Batch",
    "Conversation",
    "Counts",
    "Difference",
    "FolderRefused",
    "Participant",
    "Problem",
    "Statement",
    "Summary",
    "TimeFigures",
    "read",
]
