"""What belongs to a pilot, as staff read it: each kind in one statement."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import COMMENT_IN_FORCE, Comment, CommentThread, CommentVersion
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.ideas.models import PILOTING, PUBLISHED, Idea, IdeaListing
from citizen_voice.pilots.models import (
    DECIDED,
    Pilot,
    PilotCard,
    PilotChange,
    PilotDecision,
    PilotEvidence,
    PilotIdea,
    PilotMeasure,
    PilotReading,
    PilotThanks,
    PilotUpdate,
)
from citizen_voice.pilots.queries.public import READABLE
from citizen_voice.pilots.services.linking import stage_left

UPDATES, COMMENTS = 20, 50

L = IdeaListing
_key: Any = bindparam("pilot", type_=Pilot.id.type)
_title = case((Idea.visibility == PUBLISHED, L.title)).label("title")
"""Of an idea that is held or hidden, those who run trials read the number alone."""
_ideas = (
    select(
        L.idea_id.label("id"),
        _title,
        L.language,
        L.stage,
        L.listed,
        L.support,
        PilotIdea.taken_en,
        PilotIdea.taken_cy,
    )
    .join(Idea, Idea.id == L.idea_id)
    .join(PilotIdea, PilotIdea.idea_id == L.idea_id)
    .where(PilotIdea.pilot_id == _key, PilotIdea.unlinked_at.is_(None))
    .order_by(L.idea_id)
)
_by_number: Any = bindparam("numbers", expanding=True)
_chosen = (
    select(L.idea_id.label("id"), _title, L.language, L.stage, L.listed, L.support)
    .join(Idea, Idea.id == L.idea_id)
    .where(L.idea_id.in_(_by_number))
    .order_by(L.idea_id)
)
_updates = (
    select(*PilotUpdate.__table__.columns, Person.display_name.label("author"))
    .outerjoin(Person, Person.id == PilotUpdate.author_id)
    .where(PilotUpdate.pilot_id == _key)
    .order_by(PilotUpdate.id.desc())
    .limit(UPDATES)
)
_cards = select(*PilotCard.__table__.columns).where(PilotCard.pilot_id == _key)
_changes = (
    select(*PilotChange.__table__.columns, PilotMeasure.name_en, PilotMeasure.name_cy)
    .outerjoin(PilotMeasure, PilotMeasure.id == PilotChange.measure_id)
    .where(PilotChange.pilot_id == _key)
    .order_by(PilotChange.id.desc())
)
_thanks = (
    select(
        *PilotThanks.__table__.columns,
        case((READABLE, CommentVersion.body)).label("body"),
        CommentVersion.language,
        case((READABLE, Person.display_name)).label("name"),
    )
    .join(Comment, Comment.id == PilotThanks.comment_id)
    .join(CommentVersion, COMMENT_IN_FORCE)
    .join(CommentThread, CommentThread.id == Comment.thread_id)
    .outerjoin(Idea, Idea.id == CommentThread.idea_id)
    .outerjoin(Person, Person.id == Comment.author_id)
    .where(PilotThanks.pilot_id == _key, PilotThanks.taken_back_at.is_(None))
    .order_by(PilotThanks.id.desc())
)
_later = aliased(PilotReading)
_newest = select(func.max(_later.day)).where(_later.measure_id == PilotMeasure.id).scalar_subquery()
_measures = (
    select(
        *PilotMeasure.__table__.columns,
        PilotReading.day,
        PilotReading.value,
    )
    .outerjoin(
        PilotReading,
        and_(PilotReading.measure_id == PilotMeasure.id, PilotReading.day == _newest),
    )
    .where(PilotMeasure.pilot_id == _key, PilotMeasure.removed_at.is_(None))
    .order_by(PilotMeasure.id)
)
_declarer, _confirmer = aliased(Person), aliased(Person)
_decisions = (
    select(
        *PilotDecision.__table__.columns,
        _declarer.display_name.label("declarer"),
        _confirmer.display_name.label("confirmer"),
    )
    .outerjoin(_declarer, _declarer.id == PilotDecision.declared_by)
    .outerjoin(_confirmer, _confirmer.id == PilotDecision.confirmed_by)
    .where(PilotDecision.pilot_id == _key)
    .order_by(PilotDecision.id.desc())
)
_evidence = (
    select(*PilotEvidence.__table__.columns)
    .join(PilotDecision, PilotDecision.id == PilotEvidence.decision_id)
    .where(PilotDecision.pilot_id == _key)
)


def ideas_of(pilot_id: int) -> Sequence[AnyRow]:
    """The ideas that a pilot tries, with what was taken from each."""
    return rows(_ideas, {"pilot": pilot_id})


def chosen(numbers: Sequence[int]) -> Sequence[AnyRow]:
    """Ideas by their numbers, in their order."""
    return rows(_chosen, {"numbers": list(numbers)}, stays=False) if numbers else []


def updates_of(pilot_id: int) -> Sequence[AnyRow]:
    """The newest updates, those that were taken back, too."""
    return rows(_updates, {"pilot": pilot_id})


def cards_of(pilot_id: int) -> dict[str, AnyRow]:
    """The cards by their keys."""
    return {row.key: row for row in rows(_cards, {"pilot": pilot_id})}


def changes_of(pilot_id: int) -> Sequence[AnyRow]:
    """How the plan changed, the newest first."""
    return rows(_changes, {"pilot": pilot_id})


def thanks_of(pilot_id: int) -> Sequence[AnyRow]:
    """What changed because of somebody, the newest first.

    ``body`` and ``name`` are ``None`` where nobody reads the comment any more.
    """
    return rows(_thanks, {"pilot": pilot_id})


def measures_of(pilot_id: int) -> Sequence[AnyRow]:
    """What is measured, each with its newest reading (``day`` and ``value``, if there is one)."""
    return rows(_measures, {"pilot": pilot_id})


def decisions_of(pilot_id: int) -> Sequence[AnyRow]:
    """The decision and those that were sent back, the newest first."""
    return rows(_decisions, {"pilot": pilot_id})


def evidence_of(pilot_id: int) -> dict[tuple[int, int], AnyRow]:
    """What decisions say of measures, by the numbers of both."""
    found_ = rows(_evidence, {"pilot": pilot_id})
    return {(row.decision_id, row.measure_id): row for row in found_}


def comments_of(pilot_id: int, before: UUID | None) -> tuple[list[AnyRow], bool]:
    """What residents said of a pilot and of its ideas, the newest first; whether more follow.

    What nobody can read is not there, nor what was thanked for already.
    """
    linked = select(PilotIdea.idea_id).where(
        PilotIdea.pilot_id == pilot_id, PilotIdea.unlinked_at.is_(None)
    )
    thanked = select(PilotThanks.comment_id).where(
        PilotThanks.pilot_id == pilot_id, PilotThanks.taken_back_at.is_(None)
    )
    asked = (
        select(
            Comment.id,
            Comment.created_at,
            CommentThread.idea_id,
            CommentVersion.body,
            CommentVersion.language,
            Person.display_name.label("name"),
        )
        .join(CommentThread, CommentThread.id == Comment.thread_id)
        .join(CommentVersion, COMMENT_IN_FORCE)
        .outerjoin(Idea, Idea.id == CommentThread.idea_id)
        .outerjoin(Person, Person.id == Comment.author_id)
        .where(
            or_(CommentThread.pilot_id == pilot_id, CommentThread.idea_id.in_(linked)),
            READABLE,
            Comment.by_council.is_(False),
            Comment.id.not_in(thanked),
        )
        .order_by(Comment.id.desc())
        .limit(COMMENTS + 1)
    )
    if before is not None:
        asked = asked.where(Comment.id < before)
    found_ = db.session.execute(asked).all()
    return list(found_[:COMMENTS]), len(found_) > COMMENTS


_link, _pilot, _decision = aliased(PilotIdea), aliased(Pilot), aliased(PilotDecision)
_others = (
    select(
        L.idea_id.label("id"),
        _title,
        L.language,
        L.stage,
        L.listed,
        L.support,
        _pilot.stage.label("pilot_stage"),
        _decision.decision,
    )
    .join(PilotIdea, PilotIdea.idea_id == L.idea_id)
    .join(Idea, Idea.id == L.idea_id)
    .outerjoin(
        _link,
        and_(
            _link.idea_id == L.idea_id,
            _link.pilot_id != PilotIdea.pilot_id,
            _link.unlinked_at.is_(None),
        ),
    )
    .outerjoin(_pilot, and_(_pilot.id == _link.pilot_id, _pilot.cancelled_at.is_(None)))
    .outerjoin(
        _decision,
        and_(
            _decision.pilot_id == _pilot.id,
            _decision.sent_back_at.is_(None),
            _decision.confirmed_at >= Idea.staged_at,  # one from before its trial is past
        ),
    )
    .where(PilotIdea.pilot_id == _key, PilotIdea.unlinked_at.is_(None))
    .order_by(L.idea_id)
)


def after_decision(pilot_id: int, decision: str | None) -> list[tuple[AnyRow, str]]:
    """The ideas of a pilot, each with the stage that it has once ``decision`` is confirmed.

    While another pilot tries it, it stays with that one.
    """
    found = []
    for _number, group in groupby(rows(_others, {"pilot": pilot_id}), key=lambda row: row.id):
        tried = list(group)
        pilots = [(row.pilot_stage, row.decision) for row in tried if row.pilot_stage is not None]
        stage = stage_left([*pilots, (DECIDED, decision)])
        found.append((tried[0], stage if tried[0].stage == PILOTING else tried[0].stage))
    return found
