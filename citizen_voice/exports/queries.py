"""What files hold, some hundred rows at a time: each part is a short read of its own.

So a file that somebody takes an hour to fetch holds no transaction open, and what is hidden
meanwhile is in no later part. What is public is decided where the pages read it: ideas are those
that ``ideas.ordering`` lists, trials those of ``pilots.queries.trials``, comments those of
``comments.reading``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from citizen_voice.comments import reading
from citizen_voice.db import AnyRow, AnySelect, rows
from citizen_voice.ideas import ordering
from citizen_voice.ideas.indexing import INDEX
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.queries import Filters, Mine, search
from citizen_voice.ideas.queries.lists import CARD, FILTERS, REFERENCE, STEADY
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotIdea, PilotMeasure, PilotReading
from citizen_voice.pilots.queries import trials
from citizen_voice.pilots.queries.public import CONFIRMED
from citizen_voice.replies.models import IdeaReply, Reply
from citizen_voice.replies.queries import WORDS
from citizen_voice.search import matching, parse

CHUNK = 500
NUMBER = "number"
"""By number, the first idea first: the order that stays whatever happens meanwhile."""
ORDERS = (NUMBER, ordering.NEWEST)
FOUND_ORDERS = (search.BEST, ordering.NEWEST)
"""Of what was looked for: as the page has it."""

NOBODYS = Mine((), {})
MOST = search.MOST + 1

L = IdeaListing
IDEA = (
    *CARD,
    L.published_at,
    Idea.edited_at,
    Idea.version,
    Idea.public_from,
    IdeaVersion.body,
    L.reply_id,
    *WORDS,
)
"""What a file says of an idea: nothing about who wrote it."""


def ideas(order: str, filters: Filters) -> Iterator[AnyRow]:
    """The listed ideas, in one of ``ORDERS``, each exactly once."""
    chosen = filters.chosen()
    place: Mapping[str, Any] = {}
    while True:
        statement = _ideas(order, frozenset(chosen), top=not place)
        found = rows(statement, {**place, **chosen}, stays=chosen.keys() <= STEADY)
        if order == NUMBER:
            part = sorted(found, key=lambda row: row.id)
        else:
            part = ordering.in_order(order, found, 0)
        yield from part
        if len(part) < CHUNK:
            return
        last = part[-1]
        place = {"id": last.id}
        if order != NUMBER:
            place = {"id": last.id, "value": last.published_at}
        del found, part, last  # one part is held at a time


def looked_for(said: str, order: str, filters: Filters) -> Iterator[AnyRow]:
    """What a search of the page finds, in its order: of ``FOUND_ORDERS``; at most a thousand."""
    numbers = _found(said, order, filters)
    for begin in range(0, len(numbers), CHUNK):
        part = numbers[begin : begin + CHUNK]
        known = {row.id: row for row in rows(_BY_NUMBER, {"ids": part})}
        yield from (known[number] for number in part if number in known)
        del known  # one part is held at a time


def _found(said: str, order: str, filters: Filters) -> list[int]:
    """The numbers of all pages of a search, ranked at once."""
    query, facets = parse(said), search.facets_of(filters)
    if query and not REFERENCE.fullmatch(said.strip()):
        query, counts = INDEX.counts(query, facets)
        expected = search.together(query.terms, counts, facets)
        whole = search.Page(order, ordering.TOP, MOST, NOBODYS, {}, MOST)
        match = matching.every(query.terms, facets)
        best = whole.read(query.terms, counts, match, expected=expected)
        if best.rows:
            return [row.id for row in best.rows]
    page = search.found(said, order, filters, after=None, offset=0, mine=NOBODYS)
    return [row.id for row in page.rows]  # one idea, or some that have some of the words


def _told() -> AnySelect:
    return (
        select(*IDEA)
        .select_from(L)
        .join(Idea, Idea.id == L.idea_id)
        .join(IdeaVersion, IDEA_IN_FORCE)
        .outerjoin(Reply, Reply.id == L.reply_id)
    )


_BY_NUMBER = _told().where(ordering.LISTED, L.idea_id.in_(bindparam("ids", expanding=True)))


@cache
def _ideas(order: str, filters: frozenset[str], *, top: bool) -> AnySelect:
    """The statement of a part: the ideas behind a place, or (``top``) the first ones."""
    conditions = [
        column == bindparam(name, type_=column.type)
        for name, column in FILTERS.items()
        if name in filters
    ]
    if order == NUMBER:
        behind = L.idea_id > bindparam("id", 0, type_=L.idea_id.type)
        stretches: Sequence[ordering.Range] = [ordering.Range(behind, (L.idea_id,))]
    else:
        stretches = ordering.ranges(order, ordering.TOP if top else ordering.AFTER)
    wanted = ordering.keys(stretches, conditions, CHUNK).subquery()
    return _told().join(wanted, wanted.c.idea_id == L.idea_id)


def comments(number: int, *, of_pilot: bool) -> Iterator[AnyRow]:
    """What everybody can read of a discussion, comments and replies, the oldest first."""
    place: UUID | None = None
    while True:
        found = reading.part(number, of_pilot=of_pilot, after=place, size=CHUNK)
        yield from found
        if len(found) < CHUNK:
            return
        place = found[-1].id
        del found  # one part is held at a time


_given = (
    select(
        IdeaReply.idea_id.label("id"),
        L.title,
        L.language,
        Reply.id.label("reply_id"),
        Reply.outcome,
        Reply.reason_en,
        Reply.reason_cy,
        Reply.passed_to_en,
        Reply.passed_to_cy,
        Reply.replied_on,
    )
    .select_from(IdeaReply)
    .join(Reply, Reply.id == IdeaReply.reply_id)
    .join(L, L.idea_id == IdeaReply.idea_id)
    .where(
        ordering.LISTED,
        IdeaReply.taken_back_at.is_(None),
        tuple_(IdeaReply.reply_id, IdeaReply.idea_id)
        < tuple_(bindparam("reply", type_=Integer()), bindparam("idea", type_=Integer())),
        or_(
            bindparam("challenge", type_=Integer()).is_(None),
            L.challenge_id == bindparam("challenge", type_=Integer()),
        ),
    )
    .order_by(IdeaReply.reply_id.desc(), IdeaReply.idea_id.desc())
    .limit(CHUNK)
)


def replies(challenge_id: int | None) -> Iterator[AnyRow]:
    """Every reply to a listed idea that was not taken back, the newest first: a row an idea."""
    place = {"reply": ordering.LARGEST, "idea": ordering.LARGEST}
    while True:
        found = rows(_given, {"challenge": challenge_id, **place}, stays=False)
        yield from found
        if len(found) < CHUNK:
            return
        place = {"reply": found[-1].reply_id, "idea": found[-1].id}
        del found  # one part is held at a time


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with what is measured, and the numbers of the listed ideas that it tries."""

    pilot: AnyRow
    measures: Sequence[AnyRow]
    ideas: Sequence[int]


_numbers: Any = bindparam("ids", expanding=True)
_pilots = (
    select(*Pilot.__table__.columns, PilotDecision.decision, PilotDecision.confirmed_at)
    .add_columns(PilotDecision.learned_en, PilotDecision.learned_cy)
    .outerjoin(PilotDecision, CONFIRMED)
    .where(Pilot.id.in_(_numbers), Pilot.cancelled_at.is_(None))
    .order_by(Pilot.id)
)
_later = aliased(PilotReading)
_newest = select(func.max(_later.day)).where(_later.measure_id == PilotMeasure.id).scalar_subquery()
_measures = (
    select(*PilotMeasure.__table__.columns, PilotReading.day, PilotReading.value)
    .outerjoin(
        PilotReading,
        and_(PilotReading.measure_id == PilotMeasure.id, PilotReading.day == _newest),
    )
    .where(PilotMeasure.pilot_id.in_(_numbers), PilotMeasure.removed_at.is_(None))
    .order_by(PilotMeasure.pilot_id, PilotMeasure.id)
)
_tried = (
    select(PilotIdea.pilot_id, PilotIdea.idea_id)
    .join(L, L.idea_id == PilotIdea.idea_id)
    .where(PilotIdea.pilot_id.in_(_numbers), PilotIdea.unlinked_at.is_(None), ordering.LISTED)
    .order_by(PilotIdea.pilot_id, PilotIdea.idea_id)
)


def pilots() -> Iterator[Tried]:
    """Every trial of the public board, the first one first."""
    numbers = sorted(trial.id for trial in trials.everything())
    for begin in range(0, len(numbers), CHUNK):
        part = {"ids": numbers[begin : begin + CHUNK]}
        found = rows(_pilots, part, stays=False)
        measures = _by_pilot(rows(_measures, part, stays=False))
        tried = _by_pilot(rows(_tried, part, stays=False))
        for row in found:
            listed = [each.idea_id for each in tried.get(row.id, ())]
            yield Tried(row, measures.get(row.id, ()), listed)


def _by_pilot(found: Sequence[AnyRow]) -> dict[int, list[AnyRow]]:
    sorted_: dict[int, list[AnyRow]] = {}
    for row in found:
        sorted_.setdefault(row.pilot_id, []).append(row)
    return sorted_
