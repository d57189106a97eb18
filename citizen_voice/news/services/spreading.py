"""Telling everybody of what happened: in batches, by the worker, which may be killed at any moment.

An item remembers how far it has come, in the transaction that noted who is to be told: nobody is
left out and nobody told twice, however often the worker begins anew.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, literal, or_, select, true, update

from citizen_voice import clock
from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.columns import Key, Moment
from citizen_voice.consent import queries as purposes
from citizen_voice.db import AnySelect, db, write
from citizen_voice.ideas.models import PUBLISHED, Idea
from citizen_voice.news import audience
from citizen_voice.news.models import (
    ALONE,
    NEVER,
    STRAIGHT_AWAY,
    WEEKLY,
    NewsChoice,
    NewsDue,
    NewsItem,
)
from citizen_voice.news.services.choosing import next_weekly
from citizen_voice.news.services.rows import insert
from citizen_voice.pilots.models import PilotIdea

GRACE = timedelta(minutes=2)
"""How old an item is when it is told: what is undone within half a minute tells nobody."""
BATCH = 500
BEFORE_ALL = UUID(int=0)

N = NewsItem


def spread() -> int:
    """Note for every item who is to be told of it by mail, and when; gives how many rows.

    An item that fails stops no other; what it raised is raised at the end.
    """
    noted = 0
    broken: dict[UUID, Exception] = {}
    while keys := [key for key in _waiting() if key not in broken]:
        for key in keys:
            more = True
            while more:
                try:
                    with write():
                        made, more = _step(key)
                except Exception as error:  # noqa: BLE001  # one that fails stops no other
                    broken[key], more = error, False
                else:
                    noted += made
    for failure in broken.values():
        raise failure
    return noted


def count_as_told() -> None:
    """What has happened so far is told to nobody by mail, for a place that was made up."""
    db.session.execute(
        update(N).where(N.spread_at.is_(None)).values(spread_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def _waiting() -> Sequence[UUID]:
    """Some items that have to be spread."""
    found = (
        select(N.id)
        .where(N.spread_at.is_(None), N.at <= clock.now() - GRACE)
        .order_by(N.at)
        .limit(100)
    )
    keys = db.session.scalars(found).all()
    db.session.rollback()
    return keys


def _step(key: UUID) -> tuple[int, bool]:
    """The next batch of an item: how many rows were noted, and whether there is more."""
    item = db.session.scalars(
        select(N).where(N.id == key).with_for_update(),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if item is None or item.spread_at is not None:
        return 0, False
    stands = db.session.scalars(select(N.id).where(N.id == key, audience.stands())).one_or_none()
    if stands is None or not _may_be_told(item):
        item.spread_at = clock.now()
        return 0, False
    if item.person_id is not None:
        upto = None
        people: Any = select(literal(item.person_id, Key()).label("person_id"))
    else:
        ideas, pilot = _about(item)
        after = item.spread_to or BEFORE_ALL
        upto = db.session.scalars(audience.first_of(ideas, pilot, after, BATCH)).one_or_none()
        people = audience.people(ideas, pilot, _between(after, upto))
    noted = db.session.execute(_note(item, people)).rowcount  # type: ignore[attr-defined]  # a DML result
    if upto is None:
        item.spread_to, item.spread_at = None, clock.now()
    else:
        item.spread_to = upto
    return int(noted), upto is not None


def _may_be_told(item: NewsItem) -> bool:
    """Nobody is noted for news while that purpose is not active; decisions about them are none."""
    return item.kind in ALONE or "news" in purposes.active()


def _about(item: NewsItem) -> tuple[Any, int | None]:
    """The ideas whose people are told, and the pilot."""
    if item.idea_id is not None:
        return (item.idea_id,), None
    tried = select(PilotIdea.idea_id).where(
        PilotIdea.pilot_id == item.pilot_id, audience.tried(item.at)
    )
    return tried, item.pilot_id


def _between(after: UUID, upto: UUID | None) -> audience.Whose:
    if upto is None:
        return lambda person: person > after
    return lambda person: and_(person > after, person <= upto)


def _note(item: NewsItem, people: Any) -> Any:
    """Those of some people who are told by mail, into the list of what is due."""
    took_part = people.subquery()
    keys = select(took_part.c.person_id).distinct().subquery()
    now = clock.now()
    mail = func.coalesce(NewsChoice.mail, STRAIGHT_AWAY)
    due_at: Any = case(
        (mail == WEEKLY, literal(next_weekly(), Moment())), else_=literal(now, Moment())
    )
    seen: Any = literal(value=True)
    if item.idea_id is not None and item.person_id is None:
        hers = select(Idea.id).where(
            Idea.id == item.idea_id,
            or_(Idea.visibility == PUBLISHED, Idea.author_id == Person.id),
        )
        seen = hers.exists()
    wanted = and_(
        Person.shut_at.is_(None),
        or_(Person.paused_until.is_(None), Person.paused_until <= now),
        mail != NEVER,
        audience.wanted(Person.id),
    )
    if item.kind in ALONE:  # what was decided about them they are told in any case, and at once
        due_at, wanted = literal(now, Moment()), true()
    told: AnySelect = (
        select(Person.id, literal(item.id, Key()), due_at)
        .join(keys, keys.c.person_id == Person.id)
        .join(N, N.id == item.id)
        .outerjoin(NewsChoice, NewsChoice.person_id == Person.id)
        .where(
            Person.kind == RESIDENT,
            Person.email.is_not(None),
            Person.mail_refused_at.is_(None),
            audience.not_their_own(Person.id),
            wanted,
            seen,
        )
    )
    return (
        insert()(NewsDue)
        .from_select(["person_id", "item_id", "due_at"], told)
        .on_conflict_do_nothing()
    )
