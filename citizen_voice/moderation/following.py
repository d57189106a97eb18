"""What became of a report, for who has its receipt: never a word of others."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db
from citizen_voice.errors import NotHere
from citizen_voice.moderation import receipts, targets
from citizen_voice.moderation.about import About, about
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
    Case,
    Decision,
    Ground,
    Report,
    Target,
)
from citizen_voice.moderation.queries.joined import OF_THREAD, PILOT
from citizen_voice.moderation.things import NAME, kind_of
from citizen_voice.moderation.waits import Wait
from citizen_voice.pilots.models import Pilot
from citizen_voice.words import _

OUTCOMES: dict[str, Any] = {
    KEEP: _("It stays. A moderator has looked at it, and it does not break the rules."),
    HIDE: _("We have hidden it. Nobody but its author can see it."),
    ASK: _("We have asked its author to change it."),
    REDACT: _("We have taken private details out of it."),
    MOVE: _("We have moved it to where it belongs."),
    MERGE: _("We have joined it with another idea."),
    WARN: _("We have reminded its author of the rules."),
    PAUSE: _("We have taken a step about its author’s account."),
    CLOSE: _("We have taken a step about its author’s account."),
    VOID: _("We have taken a step about its author’s account."),
}
NAME_GONE = _("We have taken the name away.")
TAKEN_BACK = _("We had decided about it. Somebody else looked again, and it was taken back.")


class Followed:
    """A report, as its receipt's page shows it."""

    def __init__(self, receipt: str, row: Any) -> None:
        self.receipt = receipt
        self.row = row
        self.made_at: datetime = row.made_at
        self.decided_at: datetime | None = row.decided_at

    @property
    def category(self) -> str:
        """What it was reported for."""
        return str(targets.CATEGORIES[self.row.category].words)

    @property
    def kind(self) -> str:
        """An idea, a comment or a name."""
        return kind_of(self.row)

    @property
    def about(self) -> About | None:
        """The idea, or the idea or pilot that the comment is on."""
        return about(self.row.idea_id or self.row.about, self.row.pilot_id)

    @property
    def wait(self) -> Wait | None:
        """How long it has waited, where it waits."""
        if self.decided_at is not None or self.row.closed_at is not None:
            return None
        hours = self.row.hours or targets.CATEGORIES[self.row.category].hours
        return Wait(self.made_at, hours)

    @property
    def outcome(self) -> str:
        """What was done."""
        if self.row.act is None:
            return str(TAKEN_BACK)
        if self.row.act == HIDE and self.kind == NAME:
            return str(NAME_GONE)
        return str(OUTCOMES[self.row.act])


def follow(typed: str) -> Followed:
    """The report of a receipt; raises ``NotHere`` alike for what is none and what nobody has.

    One statement.
    """
    receipt = receipts.read(typed)
    if receipt is None:
        raise NotHere
    row = db.session.execute(
        select(
            Report.category,
            Report.made_at,
            Case.idea_id,
            Case.comment_id,
            Case.closed_at,
            CommentThread.idea_id.label("about"),
            PILOT[0],
            Decision.act,
            Decision.decided_at,
            Ground.name_en,
            Ground.name_cy,
            Target.hours,
        )
        .join(Case, Case.id == Report.case_id)
        .outerjoin(Comment, Comment.id == Case.comment_id)
        .outerjoin(CommentThread, CommentThread.id == Comment.thread_id)
        .outerjoin(Pilot, OF_THREAD)
        .outerjoin(Decision, Decision.id == Report.decision_id)
        .outerjoin(Ground, Ground.id == Decision.ground_id)
        .outerjoin(Target, Target.kind == Report.category)
        .where(Report.receipt_hash == receipts.hashed(receipt))
    ).one_or_none()
    if row is None:
        raise NotHere
    return Followed(receipt, row)
