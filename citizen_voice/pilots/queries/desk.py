"""What staff read of pilots: the list, one of them, who owns them, what is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.pilots.models import (
    DECIDED,
    PREPARING,
    RUNNING,
    Pilot,
    PilotDecision,
    PilotIdea,
    PilotUpdate,
)
from citizen_voice.team.models import PILOT_OWNER, Colleague, ColleagueRole

PAGE = 50
SOON = timedelta(days=7)
NOBODY = "nobody"
"""The owner to filter by: none, a new one is being looked for."""

L = IdeaListing
_owner, _deputy, _manager = aliased(Person), aliased(Person), aliased(Person)
_standing = and_(PilotDecision.pilot_id == Pilot.id, PilotDecision.sent_back_at.is_(None))
_tried = and_(PilotIdea.pilot_id == Pilot.id, PilotIdea.unlinked_at.is_(None))
_key: Any = bindparam("pilot", type_=Pilot.id.type)
_after = aliased(Pilot)
_one = (
    select(
        *Pilot.__table__.columns,
        _owner.display_name.label("owner"),
        _deputy.display_name.label("deputy"),
        _manager.display_name.label("manager"),
        PilotDecision.id.label("decision_id"),
        PilotDecision.decision,
        PilotDecision.declared_by,
        PilotDecision.confirmed_at,
        select(func.max(_after.id))
        .where(_after.after_id == Pilot.id, _after.cancelled_at.is_(None))
        .scalar_subquery()
        .label("successor_id"),
    )
    .outerjoin(_owner, _owner.id == Pilot.owner_id)
    .outerjoin(_deputy, _deputy.id == Pilot.deputy_id)
    .outerjoin(_manager, _manager.id == Pilot.manager_id)
    .outerjoin(PilotDecision, _standing)
    .where(Pilot.id == _key, Pilot.cancelled_at.is_(None))
)


def found(pilot_id: int) -> AnyRow:
    """A pilot, who owns it, its decision (waiting or confirmed), and what carries it on.

    Raises ``NotHere``.
    """
    pilots = rows(_one, {"pilot": pilot_id})
    if not pilots:
        raise NotHere
    return pilots[0]


def listed(
    me: UUID, *, stage: str | None, owner: UUID | str | None, page: int
) -> tuple[list[AnyRow], bool]:
    """A page of pilots, mine first, then by the day of the next word; and whether more follow.

    ``owner`` is a key, or ``NOBODY``. Without a ``stage`` those that go on; decided ones are there
    by theirs, the newest first.
    """
    mine = case((or_(Pilot.owner_id == me, Pilot.deputy_id == me), 0), else_=1)
    asked = (
        select(
            Pilot.id,
            Pilot.title_en,
            Pilot.title_cy,
            Pilot.team_en,
            Pilot.team_cy,
            Pilot.stage,
            Pilot.staged_at,
            Pilot.next_on,
            Pilot.ends_on,
            Pilot.owner_id,
            Pilot.deputy_id,
            _owner.display_name.label("owner"),
            PilotDecision.decision,
            PilotDecision.confirmed_at,
            select(func.count()).where(_tried).scalar_subquery().label("ideas"),
            select(func.coalesce(func.sum(L.support), 0))
            .select_from(PilotIdea)
            .join(L, L.idea_id == PilotIdea.idea_id)
            .where(_tried)
            .scalar_subquery()
            .label("support"),
            select(PilotUpdate.state)
            .where(PilotUpdate.pilot_id == Pilot.id, PilotUpdate.taken_back_at.is_(None))
            .order_by(PilotUpdate.id.desc())
            .limit(1)
            .scalar_subquery()
            .label("state"),
        )
        .outerjoin(_owner, _owner.id == Pilot.owner_id)
        .outerjoin(PilotDecision, _standing)
        .where(
            Pilot.cancelled_at.is_(None),
            Pilot.stage != DECIDED if stage is None else Pilot.stage == stage,
        )
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    if owner == NOBODY:
        asked = asked.where(Pilot.owner_id.is_(None))
    elif owner is not None:
        asked = asked.where(Pilot.owner_id == owner)
    if stage == DECIDED:
        asked = asked.order_by(Pilot.staged_at.desc(), Pilot.id.desc())
    else:
        unsaid = case((Pilot.next_on.is_(None), 1), else_=0)
        asked = asked.order_by(mine, unsaid, Pilot.next_on, Pilot.id.desc())
    found_ = db.session.execute(asked).all()
    return list(found_[:PAGE]), len(found_) > PAGE


_here = (
    Colleague.left_at.is_(None),
    or_(ColleagueRole.ends_at.is_(None), ColleagueRole.ends_at > bindparam("now")),
)
_colleagues = (
    select(Person.id, Person.display_name)
    .join(Colleague, Colleague.person_id == Person.id)
    .join(ColleagueRole, ColleagueRole.person_id == Person.id)
    .where(*_here)
    .group_by(Person.id, Person.display_name)
    .order_by(Person.display_name, Person.id)
)
_owners = _colleagues.where(ColleagueRole.role == PILOT_OWNER)


def owners() -> Sequence[AnyRow]:
    """The colleagues who own trials now, by name."""
    return rows(_owners, {"now": clock.now()})


def colleagues() -> Sequence[AnyRow]:
    """Everybody who works here now, by name."""
    return rows(_colleagues, {"now": clock.now()})


_me: Any = bindparam("me", type_=Pilot.owner_id.type)
RESPONSIBLE = or_(Pilot.owner_id == _me, and_(Pilot.owner_id.is_(None), Pilot.deputy_id == _me))
"""Whose pilot it is: the owner's, the deputy's where there is none."""
GOES_ON = and_(Pilot.stage != DECIDED, Pilot.cancelled_at.is_(None))
_earlier = aliased(PilotDecision)
_sent_back = (
    select(_earlier.sent_back_why)
    .where(_earlier.pilot_id == Pilot.id, _earlier.sent_back_at.is_not(None))
    .order_by(_earlier.id.desc())
    .limit(1)
    .scalar_subquery()
)
_soon: Any = bindparam("soon", type_=Pilot.ends_on.type)
_today: Any = bindparam("today", type_=Pilot.ends_on.type)
_due = (
    select(
        Pilot.id,
        Pilot.title_en,
        Pilot.title_cy,
        Pilot.stage,
        Pilot.next_on,
        Pilot.ends_on,
        Pilot.owner_id,
        PilotDecision.id.label("decision_id"),
        PilotDecision.decision,
        PilotDecision.declared_by,
        PilotDecision.declared_at,
        _sent_back.label("sent_back_why"),
        case((RESPONSIBLE, 1), else_=0).label("mine"),
    )
    .outerjoin(PilotDecision, _standing)
    .where(
        GOES_ON,
        or_(
            Pilot.owner_id.is_(None),
            PilotDecision.id.is_not(None),
            and_(
                RESPONSIBLE,
                or_(
                    Pilot.next_on.is_(None),
                    Pilot.next_on <= _soon,
                    and_(Pilot.stage.in_((PREPARING, RUNNING)), Pilot.ends_on < _today),
                    _sent_back.is_not(None),
                ),
            ),
        ),
    )
    .order_by(Pilot.next_on, Pilot.id)
    .limit(PAGE)
)


def due(me: UUID, today: date) -> Sequence[AnyRow]:
    """What waits of pilots: without an owner, to be confirmed, and what is due soon of mine."""
    return rows(_due, {"me": me, "today": today, "soon": today + SOON})


LATE = (
    select(func.count())
    .select_from(Pilot)
    .where(
        GOES_ON,
        RESPONSIBLE,
        Pilot.next_on < bindparam("today", type_=Pilot.next_on.type),
    )
)
"""How many words of theirs are late; ``me`` and ``today`` are its values."""
