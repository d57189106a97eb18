"""Every row that joining and parting may touch, to be held against those of another moment."""

from typing import Any

from sqlalchemy import select

from citizen_voice.answers import recount
from citizen_voice.answers.models import Answer, VoidAnswer
from citizen_voice.comments import recount as comment_recount
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.merging import recount as merge_recount


def rows(*ideas: int) -> dict[str, list[tuple[Any, ...]]]:
    """Answers (void ones, too), listings, discussions and comments of some ideas, in order."""
    db.session.rollback()
    of_thread = select(CommentThread.id).where(CommentThread.idea_id.in_(ideas))
    wanted: dict[str, Any] = {
        "answers": select(Answer.__table__).where(Answer.idea_id.in_(ideas)),
        "void answers": select(VoidAnswer.__table__).where(VoidAnswer.idea_id.in_(ideas)),
        "listings": select(IdeaListing.__table__).where(IdeaListing.idea_id.in_(ideas)),
        "stages": select(Idea.id, Idea.stage, Idea.visibility).where(Idea.id.in_(ideas)),
        "figures of comments": select(CommentThread.idea_id, CommentThread.published).where(
            CommentThread.idea_id.in_(ideas), CommentThread.published > 0
        ),
        "comments": select(Comment.__table__).where(Comment.thread_id.in_(of_thread)),
    }
    return {
        name: sorted((tuple(row) for row in db.session.execute(statement)), key=str)
        for name, statement in wanted.items()
    }


def differences() -> list[str]:
    """Everything that is shown otherwise than the rows say."""
    db.session.rollback()
    found = [*recount.differences(), *comment_recount.differences(), *merge_recount.differences()]
    return [str(difference) for difference in found]
