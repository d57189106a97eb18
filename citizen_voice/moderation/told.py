"""What was decided about somebody's words or name, as they are told: the statement of reasons.

What it says follows Art 17 of the Digital Services Act, whose list the UK's codes under the Online
Safety Act come close to: what was done, on which ground and facts, whether a machine took part, and
how to have it looked at again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.comments.models import CommentThread, CommentVersion
from citizen_voice.db import AnySelect, db
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaVersion
from citizen_voice.moderation.about import About, about, title
from citizen_voice.moderation.models import (
    ASK,
    CLOSE,
    HIDE,
    KEEP,
    MERGE,
    MOVE,
    PAUSE,
    REDACT,
    UPHELD,
    VOID,
    WARN,
    Appeal,
    Case,
    Decision,
)
from citizen_voice.moderation.queries.joined import (
    ABOUT,
    GROUND_AND_APPEAL,
    PILOT,
    with_comment,
    with_ground_and_appeal,
)
from citizen_voice.moderation.services.revising import APPEAL_LASTS
from citizen_voice.moderation.things import COMMENT, IDEA, NAME, kind_of
from citizen_voice.words import _

MOST = 100
"""So many decisions are listed; who has more has other troubles."""

DONE: dict[str, dict[str, Any]] = {
    HIDE: {
        IDEA: _("We have hidden your idea"),
        COMMENT: _("We have hidden your comment"),
        NAME: _("We have taken your name away"),
    },
    ASK: {
        IDEA: _("We ask you to change your idea"),
        COMMENT: _("We ask you to change your comment"),
        NAME: _("We ask you to change your name"),
    },
    REDACT: {
        IDEA: _("We have taken private details out of your idea"),
        COMMENT: _("We have taken private details out of your comment"),
    },
    MOVE: {IDEA: _("We have moved your idea to another challenge")},
    MERGE: {IDEA: _("We have joined your idea with another one")},
}
ABOUT_PEOPLE: dict[str, Any] = {
    WARN: _("A warning about the rules"),
    PAUSE: _("We have paused your account"),
    CLOSE: _("We have closed your account to taking part"),
    VOID: _("We have closed your account, and its answers don’t count"),
}
TOUCHES: dict[str, Any] = {
    HIDE: _("Nobody else can see it. What others answered is kept."),
    ASK: _("What everybody sees has not changed. What waits for a moderator still waits for you."),
    REDACT: _("Everybody sees the words without these details. The rest has not changed."),
    MOVE: _("Its answers and comments have come along."),
    MERGE: _("Its answers and comments count there. Your name stands beside it."),
    WARN: _("Nothing else has changed."),
    PAUSE: _("You can read, see your data and ask somebody else to look. You can’t take part."),
    CLOSE: _("What you wrote and answered stays. You can read and see your data."),
    VOID: _("Your answers are kept aside and your comments are hidden, until this is undone."),
}
NAME_GONE = _("“A resident” stands beside your words. You can choose another name.")


def _select() -> AnySelect:
    decisions = (
        select(
            *Decision.__table__.columns,
            Case.idea_id,
            Case.comment_id,
            CommentThread.idea_id.label("about_idea_id"),
            *PILOT,
            IdeaVersion.title,
            IdeaVersion.body,
            IdeaVersion.language.label("title_language"),
            CommentVersion.body.label("comment_body"),
            CommentVersion.language.label("comment_language"),
            *GROUND_AND_APPEAL,
        )
        .select_from(Decision)
        .join(Case, Case.id == Decision.case_id)
    )
    return (
        with_ground_and_appeal(with_comment(decisions))
        .outerjoin(Idea, Idea.id == ABOUT)
        .outerjoin(IdeaVersion, IDEA_IN_FORCE)
    )


_statements = _select()


class Statement:
    """One decision, as the person whom it concerns reads it."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.id = row.id
        self.at: datetime = row.decided_at
        self.words: str = row.words
        self.lang: str = row.language
        self.undone: datetime | None = row.undone_at
        self.automated: bool = row.automated
        self.until: datetime | None = row.until

    @property
    def kind(self) -> str:
        """Whether it is about an idea, a comment or a name."""
        return kind_of(self.row)

    @property
    def done(self) -> str:
        """What was done, as a heading."""
        act = self.row.act
        return str(ABOUT_PEOPLE[act] if act in ABOUT_PEOPLE else DONE[act][self.kind])

    @property
    def touches(self) -> str:
        """What it touches, and what not."""
        if self.row.act == HIDE and self.kind == NAME:
            return str(NAME_GONE)
        return str(TOUCHES[self.row.act])

    @property
    def has_ground(self) -> bool:
        """Whether it rests on one of the rules."""
        return self.row.name_en is not None

    @property
    def about(self) -> About | None:
        """The idea that it is about, or the idea or pilot that the comment is on."""
        return about(self.row.idea_id or self.row.about_idea_id, self.row.pilot_id)

    @property
    def title(self) -> str:
        """The title of that idea or pilot."""
        return title(self.row, self.row.title_language)[0]

    @property
    def title_lang(self) -> str:
        """Its language."""
        return title(self.row, self.row.title_language)[1]

    @property
    def appealed(self) -> bool:
        """Whether they have asked that somebody else looks."""
        return self.row.appeal_id is not None

    @property
    def answered(self) -> bool:
        """Whether somebody else has looked."""
        return self.row.outcome is not None

    @property
    def upheld(self) -> bool:
        """Whether that undid it."""
        return bool(self.row.outcome == UPHELD)

    @property
    def last_day(self) -> datetime:
        """Until when they may ask that somebody else looks."""
        return self.at + APPEAL_LASTS

    @property
    def can_appeal(self) -> bool:
        """Whether they may ask now."""
        return not self.appealed and self.undone is None and clock.now() <= self.last_day


def statements(person_id: UUID) -> list[Statement]:
    """Everything that was decided about somebody but what was kept, the newest first."""
    found = _statements.where(Decision.person_id == person_id, Decision.act != KEEP)
    rows = db.session.execute(
        found.order_by(Decision.decided_at.desc(), Decision.id.desc()).limit(MOST)
    )
    return [Statement(row) for row in rows]


def statement(decision_id: UUID, person_id: UUID) -> Statement:
    """One of them; raises ``NotHere`` for anybody else's."""
    row = db.session.execute(
        _statements.where(
            Decision.id == decision_id, Decision.person_id == person_id, Decision.act != KEEP
        )
    ).one_or_none()
    if row is None:
        raise NotHere
    return Statement(row)


def appealed(*, waiting: bool) -> Sequence[Statement]:
    """Decisions about which somebody asked: those that wait, the oldest first, or the latest."""
    asked = _statements.where(Appeal.id.is_not(None))
    if waiting:
        found = asked.where(Appeal.decided_at.is_(None)).order_by(Appeal.made_at, Appeal.id)
    else:
        found = asked.where(Appeal.decided_at.is_not(None)).order_by(
            Appeal.decided_at.desc(), Appeal.id
        )
    return [Statement(row) for row in db.session.execute(found.limit(MOST))]


def of_appeal(appeal_id: UUID) -> Statement:
    """The decision that an appeal is about; raises ``NotHere``."""
    row = db.session.execute(_statements.where(Appeal.id == appeal_id)).one_or_none()
    if row is None:
        raise NotHere
    return Statement(row)
