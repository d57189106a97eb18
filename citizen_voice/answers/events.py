"""What answers tell the features above."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AnswersVoided:
    """A person's answers count no more, since this moment."""

    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswersUnvoided:
    """A person's answers count again, each on the idea that it was given to."""

    person_id: UUID
