"""What changed: replies in time, trials, what was adopted, and what changed because of somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, Text, and_, bindparam, case, cast, func, null, or_, select
from sqlalchemy import union_all as unite

from citizen_voice.accounts.models import TEEN, Person
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments.models import PUBLISHED, Comment
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas.models import ADOPTED, IdeaListing, StageChange
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotIdea, PilotThanks
from citizen_voice.replies import queries as replies
from citizen_voice.replies.models import IdeaReply, Reply

L = IdeaListing
STARTED, DECIDED, HAPPENS, THANKED = "started", "decided", "adopted", "thanked"
REPLIED = "replied"
LATEST = 20
"""So many replies are told of one by one."""

_challenge: Any = bindparam("challenge", type_=Integer())
_today: Any = bindparam("today", type_=Challenge.replies_by.type)
_here = or_(_challenge.is_(None), L.challenge_id == _challenge)
_first = (
    select(
        L.idea_id,
        func.min(Reply.replied_on).label("day"),
        func.min(Challenge.replies_by).label("due"),
    )
    .select_from(L)
    .join(Challenge, Challenge.id == L.challenge_id)
    .outerjoin(IdeaReply, and_(IdeaReply.idea_id == L.idea_id, IdeaReply.taken_back_at.is_(None)))
    .outerjoin(Reply, Reply.id == IdeaReply.reply_id)
    .where(
        L.listed,
        _here,
        Challenge.published_at.is_not(None),
        Challenge.cancelled_at.is_(None),
    )
    .group_by(L.idea_id)
    .subquery()
)
_on_time = case((_first.c.day <= _first.c.due, 1), else_=0)
_replied = (
    select(
        _first.c.day,
        func.count().label("replies"),
        func.count(_first.c.due).label("promised"),
        func.sum(_on_time).label("on_time"),
    )
    .where(or_(_first.c.day.is_not(None), _first.c.due < _today))
    .group_by(_first.c.day)
)

_tries = (
    select(PilotIdea.pilot_id)
    .join(L, L.idea_id == PilotIdea.idea_id)
    .where(
        PilotIdea.pilot_id == Pilot.id,
        PilotIdea.unlinked_at.is_(None),
        L.challenge_id == _challenge,
    )
    .exists()
)
_pilots = and_(Pilot.cancelled_at.is_(None), or_(_challenge.is_(None), _tries))
_confirmed = and_(PilotDecision.sent_back_at.is_(None), PilotDecision.confirmed_at.is_not(None))


def _text(column: Any) -> Any:
    return cast(column, Text())


def _titled(kind: str, at: Any, key: Any, words: Any = None) -> Any:
    english, welsh = (cast(null(), Text()),) * 2 if words is None else words
    return select(
        _text(bindparam(f"kind_{kind}", kind, unique=True)).label("kind"),
        at.label("at"),
        Pilot.id.label("id"),
        _text(key).label("key"),
        _text(Pilot.title_en).label("title_en"),
        _text(Pilot.title_cy).label("title_cy"),
        _text(english).label("words_en"),
        _text(welsh).label("words_cy"),
        cast(null(), Text()).label("language"),
    )


_lately = replies.latest(LATEST, _here)
_later = StageChange.__table__.alias("later")
_last = (
    select(func.max(_later.c.id))
    .where(_later.c.idea_id == L.idea_id, _later.c.taken_back_at.is_(None))
    .scalar_subquery()
)
_events = unite(
    _titled(STARTED, Pilot.created_at, Pilot.stage).where(_pilots),
    _titled(
        DECIDED,
        PilotDecision.confirmed_at,
        PilotDecision.decision,
        (PilotDecision.learned_en, PilotDecision.learned_cy),
    )
    .select_from(PilotDecision)
    .join(Pilot, Pilot.id == PilotDecision.pilot_id)
    .where(_confirmed, _pilots),
    _titled(
        THANKED,
        PilotThanks.created_at,
        case((and_(Comment.visibility == PUBLISHED, Comment.removed_at.is_(None),
                   Person.age_band.is_distinct_from(TEEN)),
              Person.display_name)),
        (PilotThanks.words_en, PilotThanks.words_cy),
    )
    .select_from(PilotThanks)
    .join(Pilot, Pilot.id == PilotThanks.pilot_id)
    .join(Comment, Comment.id == PilotThanks.comment_id)
    .outerjoin(Person, Person.id == Comment.author_id)
    .where(PilotThanks.taken_back_at.is_(None), _pilots),
    select(
        _text(bindparam("kind_adopted", HAPPENS, unique=True)).label("kind"),
        StageChange.changed_at.label("at"),
        L.idea_id.label("id"),
        _text(L.language).label("key"),
        _text(L.title).label("title_en"),
        cast(null(), Text()).label("title_cy"),
        cast(null(), Text()).label("words_en"),
        cast(null(), Text()).label("words_cy"),
        _text(L.language).label("language"),
    )
    .select_from(L)
    .join(StageChange, StageChange.id == _last)
    .where(L.listed, L.stage == ADOPTED, _here),
    select(
        _text(bindparam("kind_replied", REPLIED, unique=True)).label("kind"),
        Reply.created_at.label("at"),
        L.idea_id.label("id"),
        _text(Reply.outcome).label("key"),
        _text(L.title).label("title_en"),
        cast(null(), Text()).label("title_cy"),
        _text(Reply.reason_en).label("words_en"),
        _text(Reply.reason_cy).label("words_cy"),
        _text(L.language).label("language"),
    )
    .select_from(_lately)
    .join(Reply, Reply.id == _lately.c.reply_id)
    .join(L, L.idea_id == _lately.c.idea_id),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed, of everything or of one challenge.

    ``replies`` has a row a day of first replies: how many there were, how many had a promised day,
    how many came by it; the row without a day says how many are late. ``events`` have their kind;
    ``latest`` are the latest replies, each with one of its ideas and its outcome as ``key``.
    """

    replies: Sequence[AnyRow]
    events: Sequence[AnyRow]
    latest: Sequence[AnyRow]

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that a page shows of it, to be compared."""
        parts = (self.replies, self.events, self.latest)
        return tuple(tuple(map(tuple, part)) for part in parts)


def changed(challenge_id: int | None, today: date) -> Changed:
    """In two statements."""
    values = {"challenge": challenge_id}
    found = rows(_events, values, stays=False)
    found = sorted(found, key=lambda row: (row.at, row.id), reverse=True)
    return Changed(
        rows(_replied, values | {"today": today}, stays=False),
        [row for row in found if row.kind != REPLIED],
        [row for row in found if row.kind == REPLIED],
    )
