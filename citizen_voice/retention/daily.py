"""What is gone through once a day: what was kept for its time."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_

from citizen_voice.accounts.models import Person
from citizen_voice.desk.models import RightsRequest
from citizen_voice.desk.services.keeping import forget_requests
from citizen_voice.ideas.models import ADOPTED, DECLINED, MERGED, WITHDRAWN, Idea
from citizen_voice.keeping import rules as keep
from citizen_voice.moderation.models import (
    Case,
    CaseNote,
    CaseReason,
    Decision,
    Report,
)
from citizen_voice.news.models import NewsDue, NewsItem
from citizen_voice.retention import idle
from citizen_voice.retention.about_cases import appeal_waits, idea_of, whose_words
from citizen_voice.retention.models import RetentionHold, RetentionWarning
from citizen_voice.retention.sweeping import Done, Due, Keys, Sweep
from citizen_voice.words import _

OUTCOMES = (ADOPTED, DECLINED, MERGED, WITHDRAWN)


def _forget_requests(_due: Due, keys: Keys) -> Done:
    forget_requests([key for (key,) in keys])
    return Done(keys)


def _closed(case_id: Any, due: Due) -> ColumnElement[bool]:
    """Whether a case was closed so long ago, and nobody waits for an appeal about it."""
    waits = exists().where(Decision.case_id == Case.id, appeal_waits())
    return exists().where(Case.id == case_id, Case.closed_at <= due.before, ~waits)


def _outcome(due: Due) -> ColumnElement[bool]:
    since = func.coalesce(Idea.withdrawn_at, Idea.staged_at)
    return and_(Idea.stage.in_(OUTCOMES), Idea.author_id.is_not(None), since <= due.before)


def _unspread(item_id: Any) -> ColumnElement[bool]:
    return exists().where(NewsDue.item_id == item_id)


DAILY = (
    Sweep(
        keep.WARNINGS,
        "warnings",
        _("Who was told that their account is not used"),
        (RetentionWarning.person_id,),
        lambda _due: idle.come_back(),
        (RetentionWarning.person_id,),
    ),
    Sweep(
        keep.REPORTS,
        "reports",
        _("Reports that were closed"),
        (Report.id,),
        lambda due: _closed(Report.case_id, due),
        (Report.reporter_id, whose_words(Report.case_id)),
        idea_of(Report.case_id),
    ),
    Sweep(
        keep.REPORTS,
        "case-notes",
        _("Notes of moderators"),
        (CaseNote.id,),
        lambda due: _closed(CaseNote.case_id, due),
        (CaseNote.author_id, whose_words(CaseNote.case_id)),
        idea_of(CaseNote.case_id),
    ),
    Sweep(
        keep.REPORTS,
        "case-details",
        _("What the site had noticed about words"),
        (CaseReason.id,),
        lambda due: and_(CaseReason.detail != "", _closed(CaseReason.case_id, due)),
        (whose_words(CaseReason.case_id),),
        idea_of(CaseReason.case_id),
        values={"detail": ""},
    ),
    Sweep(
        keep.REQUESTS,
        "requests",
        _("Requests about somebody’s data, and complaints"),
        (RightsRequest.id,),
        lambda due: and_(
            RightsRequest.closed_at <= due.before, RightsRequest.forgotten_at.is_(None)
        ),
        (RightsRequest.person_id,),
        act=_forget_requests,
    ),
    Sweep(
        keep.NEWS,
        "news",
        _("News of what happened"),
        (NewsItem.id,),
        lambda due: and_(
            NewsItem.at <= due.before, NewsItem.spread_at.is_not(None), ~_unspread(NewsItem.id)
        ),
        (NewsItem.person_id, NewsItem.actor_id),
        NewsItem.idea_id,
    ),
    Sweep(
        keep.HOLDS,
        "ended-holds",
        _("Holds that have ended"),
        (RetentionHold.id,),
        lambda due: or_(RetentionHold.ended_at <= due.before, RetentionHold.until <= due.day),
    ),
    Sweep(
        keep.NAMES,
        "names",
        _("Names on ideas"),
        (Idea.id,),
        _outcome,
        (Idea.author_id,),
        Idea.id,
        values={"author_id": None},
    ),
    Sweep(
        keep.IDLE,
        "accounts",
        _("Accounts that nobody uses"),
        (Person.id,),
        idle.to_be_erased,
        (Person.id,),
        act=idle.erase,
        waits=idle.asks,
        alone=True,
    ),
    Sweep(
        keep.IDLE,
        "warned",
        _("Letters to people whose account nobody uses"),
        (Person.id,),
        idle.to_be_warned,
        (Person.id,),
        act=idle.warn,
        waits=idle.asks,
        warns=True,
    ),
)
