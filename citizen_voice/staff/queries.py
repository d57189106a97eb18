"""What waits: the counts beside the menu, and the rows of *Today*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments.models import CommentThread, CommentVersion
from citizen_voice.db import AnyRow, Moment, rows
from citizen_voice.desk.clock import ACKNOWLEDGE_WITHIN
from citizen_voice.desk.models import COMPLAINT, RightsRequest
from citizen_voice.desk.queries.listed import SOON as DESK_SOON
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.kept import kept
from citizen_voice.moderation.models import Appeal, Case, CaseReason, Decision, Report
from citizen_voice.moderation.queries.joined import with_comment
from citizen_voice.moderation.services.claiming import CLAIM_LASTS
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.pilots.queries.desk import LATE
from citizen_voice.replies.queries.due import SOON
from citizen_voice.team.models import Invitation

WEEK = timedelta(days=7)
CASES, APPEALS, OWED = 8, 5, 8
QUEUE, MINE = "queue", "mine"
UNANSWERED, NEXT = "unanswered", "next"

L = IdeaListing
_soon: Any = bindparam("soon", type_=Challenge.replies_by.type)
_promised = (
    ordering.LISTED,
    L.reply_id.is_(None),
    Challenge.replies_by <= _soon,
    Challenge.cancelled_at.is_(None),
)
_owed = (
    ordering.LISTED,
    or_(L.reply_id.is_not(None), Challenge.replies_by.is_(None)),
    L.owed_on <= _soon,
    Challenge.cancelled_at.is_(None),
)
_counts = select(
    select(func.count()).where(Case.closed_at.is_(None)).scalar_subquery().label("cases"),
    select(func.count()).where(Appeal.decided_at.is_(None)).scalar_subquery().label("appeals"),
    select(func.count())
    .select_from(L)
    .join(Challenge, Challenge.id == L.challenge_id)
    .where(or_(and_(*_promised), and_(*_owed)))
    .scalar_subquery()
    .label("replies"),
    select(func.count()).where(OutboxMail.failed_at.is_not(None)).scalar_subquery().label("mail"),
    LATE.scalar_subquery().label("trials"),
    select(func.count())
    .where(
        RightsRequest.closed_at.is_(None),
        or_(
            RightsRequest.due_on <= bindparam("answered", type_=RightsRequest.due_on.type),
            and_(
                RightsRequest.kind == COMPLAINT,
                RightsRequest.acknowledged_on.is_(None),
                RightsRequest.received_on
                <= bindparam("came", type_=RightsRequest.received_on.type),
            ),
        ),
    )
    .scalar_subquery()
    .label("desk"),
)


@kept
def counts(today: date, me: UUID) -> AnyRow:
    """How much waits: cases, appeals, replies, letters that came back, this person's trials.

    And requests about data that are late or due within a week, complaints to acknowledge as well.
    """
    values = {
        "soon": today + SOON,
        "answered": today + DESK_SOON,
        "came": today + DESK_SOON - ACKNOWLEDGE_WITHIN,
        "today": today,
        "me": me,
    }
    return rows(_counts, values)[0]


_free = Case.claimed_by.is_(None) | (Case.claimed_at < bindparam("tea", type_=Moment()))
_me = bindparam("me", type_=Case.claimed_by.type)
_oldest = (
    select(Case.id, literal(QUEUE).label("shelf"))
    .where(Case.closed_at.is_(None), _free)
    .order_by(Case.urgency, Case.due_at, Case.id)
    .limit(CASES)
    .subquery("oldest")
)
_claimed = (
    select(Case.id, literal(MINE).label("shelf"))
    .where(Case.closed_at.is_(None), Case.claimed_by == _me, ~_free)
    .order_by(Case.urgency, Case.due_at, Case.id)
    .limit(CASES)
    .subquery("claimed")
)
_both = union_all(select(_oldest), select(_claimed)).subquery("waiting")
_about, _named = aliased(IdeaVersion), aliased(Person)
_waiting = (
    select(
        _both.c.shelf,
        Case.id,
        Case.idea_id,
        Case.comment_id,
        Case.person_id,
        Case.urgency,
        Case.opened_at,
        Case.due_at,
        _about.title,
        _about.language,
        CommentVersion.body,
        CommentVersion.language.label("comment_language"),
        CommentThread.idea_id.label("commented"),
        _named.display_name.label("name"),
        CaseReason.kind,
        select(func.count())
        .where(Report.case_id == Case.id, Report.decision_id.is_(None))
        .scalar_subquery()
        .label("reports"),
    )
    .select_from(_both)
    .join(Case, Case.id == _both.c.id)
)
_cases = (
    with_comment(_waiting)
    .outerjoin(Idea, Idea.id == Case.idea_id)
    .outerjoin(_about, (_about.idea_id == Idea.id) & (_about.number == Idea.version))
    .outerjoin(_named, _named.id == Case.person_id)
    .outerjoin(CaseReason, CaseReason.case_id == Case.id)
    .order_by(Case.urgency, Case.due_at, Case.id, CaseReason.noted_at, CaseReason.id)
)


def cases(moderator: UUID, now: datetime) -> Sequence[AnyRow]:
    """The most urgent cases that nobody is on, and those that this moderator is on.

    A row a reason, those of a case together, the most urgent case first; ``shelf`` says which.
    """
    return rows(_cases, {"me": moderator, "tea": now - CLAIM_LASTS})


_late = (
    select(
        literal(UNANSWERED).label("kind"),
        L.challenge_id,
        cast(null(), Integer).label("idea_id"),
        cast(null(), String).label("title"),
        cast(null(), String).label("language"),
        func.count().label("ideas"),
        Challenge.replies_by.label("day"),
    )
    .select_from(L)
    .join(Challenge, Challenge.id == L.challenge_id)
    .where(*_promised)
    .group_by(L.challenge_id, Challenge.replies_by)
)
_next = (
    select(
        literal(NEXT).label("kind"),
        L.challenge_id,
        L.idea_id,
        L.title,
        L.language,
        literal(1).label("ideas"),
        L.owed_on.label("day"),
    )
    .join(Challenge, Challenge.id == L.challenge_id)
    .where(*_owed)
    .order_by(L.owed_on, L.idea_id)
    .limit(OWED)
    .subquery("next")
)
_replies = union_all(_late, select(_next))


def replies(today: date) -> Sequence[AnyRow]:
    """Replies that are late or due soon, by their days.

    A row a challenge (``ideas``: how many have none), and a row an idea whose next word is owed.
    """
    return sorted(rows(_replies, {"soon": today + SOON}), key=lambda row: row.day)


_decided = (
    select(
        Case.opened_at,
        Case.closed_at,
        func.row_number().over(order_by=Case.closed_at - Case.opened_at).label("place"),
        func.count().over().label("whole"),
    )
    .where(Case.closed_at >= bindparam("week", type_=Moment()))
    .subquery("decided")
)
_middle = (
    select(_decided.c.opened_at, _decided.c.closed_at)
    .where(_decided.c.place * 2 >= _decided.c.whole, _decided.c.place * 2 <= _decided.c.whole + 1)
    .order_by(_decided.c.place)
    .limit(1)
    .subquery("middle")
)
_asked = (
    select(Appeal.id, Appeal.made_at, Appeal.words, Appeal.language, Decision.act)
    .join(Decision, Decision.id == Appeal.decision_id)
    .where(Appeal.decided_at.is_(None))
    .order_by(Appeal.made_at, Appeal.id)
    .limit(APPEALS)
    .subquery("asked")
)
_invited = (
    select(func.count())
    .where(Invitation.used_at.is_(None), Invitation.expires_at > bindparam("now", type_=Moment()))
    .scalar_subquery()
)
_one = select(_invited.label("invitations")).subquery("one")
_rest = (
    select(_one, _middle, *_asked.c)
    .select_from(_one)
    .outerjoin(_middle, true())
    .outerjoin(_asked, true())
    .order_by(_asked.c.made_at, _asked.c.id)
)


@dataclass(frozen=True, slots=True)
class Rest:
    """Appeals, the oldest first; invitations that nobody took up; the median wait in a week."""

    appeals: list[AnyRow]
    invitations: int
    median: timedelta | None


def rest(now: datetime) -> Rest:
    """Appeals that wait, invitations that are open, how long cases waited that were closed."""
    found = rows(_rest, {"now": now, "week": now - WEEK})
    first = found[0]
    median = None if first.closed_at is None else first.closed_at - first.opened_at
    return Rest([row for row in found if row.id is not None], first.invitations, median)
