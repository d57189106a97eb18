"""One case, with everything that a moderator decides by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import COMMENT_IN_FORCE, Comment, CommentThread, CommentVersion
from citizen_voice.db import AnyRow, Key, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.moderation.models import (
    Case,
    CaseNote,
    CaseReason,
    Decision,
    Ground,
    Report,
)
from citizen_voice.moderation.queries.joined import ABOUT, OF_THREAD, PILOT, with_comment
from citizen_voice.pilots.models import Pilot

MOST_REPORTS, MOST_NOTES, MOST_EARLIER = 50, 50, 5

_claimant, _author, _parent = aliased(Person), aliased(Person), aliased(Comment)
_above, _own = aliased(CommentVersion), aliased(CommentThread)
_author_id = case(
    (Case.comment_id.is_not(None), Comment.author_id),
    (Case.idea_id.is_not(None), Idea.author_id),
    else_=Case.person_id,
)
_cases = (
    select(
        *Case.__table__.columns,
        _claimant.display_name.label("claimant"),
        Idea.id.label("about_id"),
        *PILOT,
        Idea.challenge_id,
        Idea.stage,
        Idea.visibility.label("idea_visibility"),
        Idea.version.label("idea_version"),
        Idea.created_at.label("idea_created_at"),
        IdeaVersion.title,
        IdeaVersion.body.label("idea_body"),
        IdeaVersion.language.label("idea_language"),
        IdeaListing.support,
        IdeaListing.oppose,
        IdeaListing.skip,
        _own.published.label("comments"),
        Comment.visibility.label("comment_visibility"),
        Comment.version.label("comment_version"),
        Comment.created_at.label("comment_created_at"),
        Comment.removed_at,
        Comment.replies,
        CommentVersion.body.label("comment_body"),
        CommentVersion.language.label("comment_language"),
        _above.body.label("above_body"),
        _above.language.label("above_language"),
        _author_id.label("author_id"),
        _author.display_name.label("author"),
        _author.kind.label("author_kind"),
        _author.language.label("author_language"),
        _author.created_at.label("joined_at"),
        _author.paused_until,
        _author.shut_at,
    )
    .select_from(Case)
    .outerjoin(_claimant, _claimant.id == Case.claimed_by)
    .outerjoin(_own, _own.idea_id == Case.idea_id)
    .where(Case.id == bindparam("case", type_=Key()))
)
_case = (
    with_comment(_cases)
    .outerjoin(_parent, _parent.id == Comment.parent_id)
    .outerjoin(_above, and_(_above.comment_id == _parent.id, _above.number == _parent.version))
    .outerjoin(Idea, Idea.id == ABOUT)
    .outerjoin(IdeaVersion, IDEA_IN_FORCE)
    .outerjoin(IdeaListing, IdeaListing.idea_id == Idea.id)
    .outerjoin(_author, _author.id == _author_id)
)
_this = bindparam("case", type_=Key())
_reasons = select(
    CaseReason.kind, CaseReason.version, CaseReason.detail, CaseReason.noted_at
).where(CaseReason.case_id == _this)
_reasons = _reasons.order_by(CaseReason.noted_at, CaseReason.id)
_reports = (
    select(
        Report.category,
        Report.words,
        Report.language,
        Report.made_at,
        Report.version,
        Report.reporter_id.is_not(None).label("signed_in"),
        func.count().over().label("whole"),
    )
    .where(Report.case_id == _this, Report.decision_id.is_(None))
    .order_by(Report.made_at.desc(), Report.id.desc())
    .limit(MOST_REPORTS)
)
_notes = (
    select(CaseNote.id, CaseNote.words, CaseNote.written_at, Person.display_name.label("author"))
    .outerjoin(Person, Person.id == CaseNote.author_id)
    .where(CaseNote.case_id == _this)
    .order_by(CaseNote.written_at, CaseNote.id)
    .limit(MOST_NOTES)
)
_whose = bindparam("author", type_=Key())
_ideas = (
    select(
        literal("idea").label("kind"),
        Idea.id.label("about_id"),
        cast(null(), Integer).label("pilot_id"),
        IdeaVersion.title.label("words"),
        IdeaVersion.language,
        Idea.visibility,
        Idea.created_at,
    )
    .join(IdeaVersion, IDEA_IN_FORCE)
    .where(Idea.author_id == _whose, Idea.id != bindparam("idea"))
    .order_by(Idea.id.desc())
    .limit(MOST_EARLIER)
    .subquery("ideas_of")
)
_comments = (
    select(
        literal("comment").label("kind"),
        CommentThread.idea_id.label("about_id"),
        PILOT[0],
        CommentVersion.body.label("words"),
        CommentVersion.language,
        Comment.visibility,
        Comment.created_at,
    )
    .join(CommentThread, CommentThread.id == Comment.thread_id)
    .join(CommentVersion, COMMENT_IN_FORCE)
    .outerjoin(Pilot, OF_THREAD)
    .where(
        Comment.author_id == _whose,
        Comment.id != bindparam("comment", type_=Key()),
        Comment.removed_at.is_(None),
    )
    .order_by(Comment.id.desc())
    .limit(MOST_EARLIER)
    .subquery("comments_of")
)
_earlier = union_all(select(_ideas), select(_comments))
_decided = (
    select(
        Decision.id,
        Decision.act,
        Decision.decided_at,
        Decision.undone_at,
        Ground.name_en,
        Ground.name_cy,
    )
    .outerjoin(Ground, Ground.id == Decision.ground_id)
    .where(Decision.person_id == _whose)
    .order_by(Decision.decided_at.desc(), Decision.id.desc())
    .limit(MOST_EARLIER)
)
_words = ("number", "title", "body", "language", "created_at")
_idea_versions = (
    select(*(getattr(IdeaVersion, name) for name in _words))
    .where(IdeaVersion.idea_id == bindparam("of"), IdeaVersion.number >= bindparam("from"))
    .order_by(IdeaVersion.number)
)
_comment_versions = (
    select(
        CommentVersion.number,
        literal("–").label("title"),
        CommentVersion.body,
        CommentVersion.language,
        CommentVersion.created_at,
    )
    .where(
        CommentVersion.comment_id == bindparam("of", type_=Key()),
        CommentVersion.number >= bindparam("from"),
    )
    .order_by(CommentVersion.number)
)
_listed = select(
    IdeaListing.idea_id, IdeaListing.title, IdeaListing.language, IdeaListing.support
).where(IdeaListing.idea_id == bindparam("idea"))
_newest = (
    select(Decision.id)
    .where(Decision.case_id == _this, Decision.undone_at.is_(None))
    .order_by(Decision.decided_at.desc(), Decision.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows about one case. ``versions``: the one before that in force, it, and what waits."""

    row: AnyRow
    reasons: Sequence[AnyRow]
    reports: Sequence[AnyRow]
    notes: Sequence[AnyRow]
    earlier: Sequence[AnyRow]
    decided: Sequence[AnyRow]
    versions: Sequence[AnyRow]


def case_row(case_id: UUID) -> AnyRow:
    """A case with what it is about; raises ``NotHere``."""
    found = rows(_case, {"case": case_id})
    if not found:
        raise NotHere
    return found[0]


def found(case_id: UUID) -> Found:
    """Everything about a case; raises ``NotHere``."""
    row = case_row(case_id)
    values: dict[str, Any] = {"case": case_id}
    reasons, reports, notes = (rows(each, values) for each in (_reasons, _reports, _notes))
    earlier: Sequence[AnyRow] = ()
    decided: Sequence[AnyRow] = ()
    if row.author_id is not None:
        who = {"author": row.author_id}
        own = {"idea": row.idea_id or 0, "comment": row.comment_id or UUID(int=0)}
        earlier, decided = rows(_earlier, who | own), rows(_decided, who)
    return Found(row, reasons, reports, notes, earlier, decided, _versions(row))


def _versions(row: AnyRow) -> Sequence[AnyRow]:
    if row.comment_id is not None:
        return rows(_comment_versions, {"of": row.comment_id, "from": row.comment_version - 1})
    if row.idea_id is not None:
        return rows(_idea_versions, {"of": row.idea_id, "from": row.idea_version - 1})
    return ()


def listed(idea_id: int) -> AnyRow | None:
    """What lists show of an idea: title, language, support; ``None`` where there is none."""
    seen = rows(_listed, {"idea": idea_id})
    return seen[0] if seen else None


def newest_decision(case_id: UUID) -> UUID | None:
    """The key of what was decided last about a case and stands."""
    decided = rows(_newest, {"case": case_id})
    return decided[0].id if decided else None
