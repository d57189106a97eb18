"""Joined ideas, held against what their stage, their answers and their comments say."""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from citizen_voice.answers.models import Answer
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db
from citizen_voice.ideas.models import MERGED, Idea
from citizen_voice.merging.models import IdeaMerge
from citizen_voice.web.filters import reference


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing about one idea that is not as the merges say."""

    idea_id: int
    what: str

    def __str__(self) -> str:
        return f"{reference(self.idea_id)}: {self.what}"


_joined = exists().where(IdeaMerge.from_id == Idea.id, IdeaMerge.undone_at.is_(None))
_answered = exists().where(Answer.idea_id == Idea.id)
_discussed = exists().where(CommentThread.idea_id == Idea.id, Comment.thread_id == CommentThread.id)
_SUSPECTS = (
    select(
        Idea.id,
        Idea.stage,
        _joined.label("joined"),
        _answered.label("answered"),
        _discussed.label("discussed"),
    )
    .where(
        or_(
            (Idea.stage == MERGED) & (~_joined | _answered | _discussed),
            (Idea.stage != MERGED) & _joined,
        )
    )
    .order_by(Idea.id)
)


def differences() -> list[Difference]:
    """What should not be: by stage joined and part of nothing, or the other way round; left behind.

    There is no mending it without knowing what happened, so ``check --fix`` leaves it.
    """
    found = []
    for row in db.session.execute(_SUSPECTS):
        if row.joined != (row.stage == MERGED):
            merged = "is part of another idea" if row.joined else "is part of no other idea"
            found.append(Difference(row.id, f"{merged}, its stage says {row.stage}"))
        if row.joined and row.answered:
            found.append(Difference(row.id, "answers were left behind when it was joined"))
        if row.joined and row.discussed:
            found.append(Difference(row.id, "comments were left behind when it was joined"))
    return found
