"""What a frame shows: rows, each kind in one statement. The lists' own order and visibility."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, Float, Integer, Text, bindparam, cast, func, null, select, true
from sqlalchemy import union_all as unite

from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, Moment, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.queries.choices import names
from citizen_voice.ideas.queries.lists import CARD
from citizen_voice.pilots.models import (
    Pilot,
    PilotDecision,
    PilotIdea,
    PilotMeasure,
    PilotReading,
    PilotUpdate,
)
from citizen_voice.pilots.queries.public import CONFIRMED
from citizen_voice.replies import queries as replies
from citizen_voice.replies.models import Reply

TOP, FIRST, LATEST = 5, 3, 5
"""So many ideas has a frame of the top ones, one of a challenge; so many lines what changed."""
MEASURE, UPDATE = "measure", "update"
REPLIED, DECIDED, ABOUT = "replied", "decided", "about"
L = IdeaListing

_challenge: Any = bindparam("challenge", type_=Integer())
_published = (Challenge.id == _challenge, Challenge.published_at.is_not(None))
_top = ordering.keys(
    ordering.ranges(ordering.SUPPORTED, ordering.TOP), [L.challenge_id == _challenge], TOP
).subquery()
_asked = (
    select(
        *(column for column in challenges.CARD if column.key != "id"),
        *CARD,
        cast(null(), Integer()).label("mine"),
    )
    .select_from(Challenge)
    .outerjoin(_top, true())
    .outerjoin(L, L.idea_id == _top.c.idea_id)
    .where(*_published)
)

_pilot: Any = bindparam("pilot", type_=Integer())
_update, _newer = PilotUpdate.__table__, PilotUpdate.__table__.alias("newer")
_last = (
    select(func.max(_newer.c.id))
    .where(_newer.c.pilot_id == _pilot, _newer.c.taken_back_at.is_(None))
    .scalar_subquery()
)
_later = PilotReading.__table__.alias("later")
_newest = (
    select(func.max(_later.c.day))
    .where(_later.c.measure_id == PilotMeasure.id)
    .correlate(PilotMeasure)
    .scalar_subquery()
)
_NOTHING: dict[str, Any] = {
    "id": cast(null(), Integer()),
    "key": cast(null(), Text()),
    "further": cast(null(), Text()),
    "at": cast(null(), Moment()),
    "on": cast(null(), Date()),
    "day": cast(null(), Date()),
    **{name: cast(null(), Float()) for name in ("one", "two", "value")},
    **{f"{name}_{code}": cast(null(), Text()) for name in "abc" for code in ("en", "cy")},
}


def _line(kind: str, **columns: Any) -> Any:
    """A select with the columns of ``_NOTHING``; ``a=(model, name)`` are two languages."""
    given = dict(_NOTHING)
    for name, column in columns.items():
        if isinstance(column, tuple):
            model, attribute = column
            for code in ("en", "cy"):
                given[f"{name}_{code}"] = cast(getattr(model, f"{attribute}_{code}"), Text())
        else:
            given[name] = column
    return select(
        cast(bindparam(f"kind_{kind}", kind, unique=True), Text()).label("kind"),
        *(column.label(name) for name, column in given.items()),
    )


_parts = unite(
    _line(
        MEASURE,
        id=PilotMeasure.id,
        key=PilotMeasure.better,
        on=PilotMeasure.first_on,
        day=PilotReading.day,
        one=PilotMeasure.baseline,
        two=PilotMeasure.target,
        value=PilotReading.value,
        a=(PilotMeasure, "name"),
        b=(PilotMeasure, "unit"),
        c=(PilotMeasure, "source"),
    )
    .select_from(PilotMeasure)
    .outerjoin(
        PilotReading,
        (PilotReading.measure_id == PilotMeasure.id) & (PilotReading.day == _newest),
    )
    .where(PilotMeasure.pilot_id == _pilot, PilotMeasure.removed_at.is_(None)),
    _line(
        UPDATE,
        id=PilotUpdate.id,
        key=PilotUpdate.state,
        at=PilotUpdate.created_at,
        a=(PilotUpdate, "words"),
        b=(PilotUpdate, "alt"),
    ).where(_update.c.id == _last),
)

_tries = (
    select(PilotIdea.pilot_id)
    .join(L, L.idea_id == PilotIdea.idea_id)
    .where(
        PilotIdea.pilot_id == Pilot.id,
        PilotIdea.unlinked_at.is_(None),
        L.challenge_id == _challenge,
    )
    .correlate(Pilot)
    .exists()
)


def _changes(*, of_challenge: bool) -> Any:
    """The statement of what changed: of everything, or of one challenge."""
    here = (L.challenge_id == _challenge,) if of_challenge else ()
    latest = replies.latest(LATEST, *here)
    decided = (
        select(PilotDecision.id)
        .join(Pilot, CONFIRMED)
        .where(Pilot.cancelled_at.is_(None), _tries if of_challenge else true())
        .order_by(PilotDecision.confirmed_at.desc())
        .limit(LATEST)
        .subquery()
    )
    replied = _line(
        REPLIED,
        id=L.idea_id,
        key=cast(Reply.outcome, Text()),
        further=cast(L.language, Text()),
        at=Reply.created_at,
        on=Reply.replied_on,
        a_en=cast(L.title, Text()),
        b=(Reply, "reason"),
        c=(Reply, "team"),
    )
    decision = _line(
        DECIDED,
        id=Pilot.id,
        key=cast(PilotDecision.decision, Text()),
        at=PilotDecision.confirmed_at,
        a=(Pilot, "title"),
        b=(PilotDecision, "learned"),
        c=(Pilot, "team"),
    )
    about = _line(
        ABOUT, id=Challenge.id, key=cast(Challenge.slug, Text()), a=(Challenge, "question")
    )
    return unite(
        replied.select_from(latest)
        .join(Reply, Reply.id == latest.c.reply_id)
        .join(L, L.idea_id == latest.c.idea_id),
        decision.select_from(decided)
        .join(PilotDecision, PilotDecision.id == decided.c.id)
        .join(Pilot, Pilot.id == PilotDecision.pilot_id),
        *([about.where(*_published)] if of_challenge else ()),
    )


_of_all, _of_one = _changes(of_challenge=False), _changes(of_challenge=True)


def challenge_id(slug: str) -> int:
    """The number of a challenge that everybody may see, by its address.

    Raises ``challenges.queries.Renamed`` and ``NotHere``.
    """
    for row in names().challenges.values():
        if row.slug == slug:
            return int(row.id)  # whether it is published, ``asked`` says
    return int(challenges.published(slug).id)


def asked(key: int) -> tuple[AnyRow, Sequence[AnyRow]] | None:
    """A challenge, and its ideas with the most supporters, as cards need them.

    ``None`` for one that nobody may see.
    """
    found = rows(_asked, {"challenge": key})
    if not found:
        return None
    ideas = [row for row in found if row.id is not None]
    return found[0], ordering.in_order(ordering.SUPPORTED, ideas, 0)


def parts(pilot_id: int) -> Sequence[AnyRow]:
    """The measures of a pilot, each with its newest reading, and its latest update."""
    return sorted(rows(_parts, {"pilot": pilot_id}), key=lambda row: (row.kind, row.id))


def changes(key: int | None) -> tuple[AnyRow | None, Sequence[AnyRow]]:
    """The latest replies and decisions, the newest first: of everything, or of one challenge.

    Before them what they are about: its id, its slug (``key``) and its question (``a``); ``None``
    for everything. Raises ``NotHere`` for a challenge that nobody may see.
    """
    found = rows(_of_all) if key is None else rows(_of_one, {"challenge": key}, stays=False)
    about = next((row for row in found if row.kind == ABOUT), None)
    if about is None and key is not None:
        raise NotHere
    lines = [row for row in found if row.kind != ABOUT]
    return about, sorted(lines, key=lambda row: (row.at, row.id), reverse=True)[:LATEST]
