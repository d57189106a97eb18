"""What merging tells the features above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IdeasMerged:
    """An idea was joined with another one: answers and comments stand there from now on.

    Who had answered it is in ``merged_answers`` under ``merge_id``.
    """

    merge_id: int
    from_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class IdeasParted:
    """Two ideas that had been joined since ``merged_at`` stand apart again."""

    from_id: int
    into_id: int
    merged_at: datetime
