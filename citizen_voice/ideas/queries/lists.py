"""Pages of lists, and one idea: rows, not object graphs, in one statement each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from sqlalchemy import ColumnElement, bindparam, func, literal, select, union_all

from citizen_voice.accounts.models import Person
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, AnySelect
from citizen_voice.db import rows as rows_of
from citizen_voice.errors import NotHere
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import (
    IDEA_IN_FORCE,
    Idea,
    IdeaListing,
    IdeaVersion,
    StageChange,
)
from citizen_voice.web.narrowing import Narrowing

PAGE = 20
LIVELY = 3
LARGEST_NUMBER = 2**31 - 1
REFERENCE = re.compile(r"CV-([1-9][0-9]{0,9})", re.IGNORECASE)

STEADY = {"challenge_id"}
"""Filters of lists that one plan serves: there is an index of each order for them."""

Columns = tuple[ColumnElement[Any], ...]

L = IdeaListing
CARD = (
    L.idea_id.label("id"),
    L.title,
    L.language,
    L.stage,
    L.challenge_id,
    L.topic_id,
    L.ward_id,
    L.support,
    L.oppose,
    L.skip,
    L.bucket,
    L.shuffle,
)
"""What a card shows; ``choices.names`` has the names of what it refers to."""
_newer = IdeaVersion.__table__.alias("newer")  # ``aliased`` would configure all mappers here
_edit_waits = (
    select(_newer.c.number)
    .where(_newer.c.idea_id == Idea.id, _newer.c.number > Idea.version)
    .exists()
    .label("edit_waits")
)
_change: Any = StageChange.__table__
_later = _change.alias("later")
_last_change = (
    select(func.max(_later.c.id))
    .where(_later.c.idea_id == Idea.id, _later.c.taken_back_at.is_(None))
    .scalar_subquery()
)
_DETAIL = (
    *CARD,
    L.published_at,
    L.reply_id,
    L.owed_on,
    _change.c.stage.label("change_stage"),
    _change.c.changed_at,
    _change.c.reason_en.label("change_reason_en"),
    _change.c.reason_cy.label("change_reason_cy"),
    _change.c.next_on.label("change_next_on"),
    _change.c.pilot_id.label("change_pilot_id"),
    Idea.visibility,
    Idea.author_id,
    Person.display_name.label("author"),
    Person.kind.label("author_kind"),
    Idea.hidden_reason,
    Idea.version,
    Idea.public_from,
    _edit_waits,
    Idea.created_at,
    Idea.edited_at,
    IdeaVersion.body,
    Challenge.slug,
    Challenge.question_en,
    Challenge.question_cy,
    Challenge.opens_at,
    Challenge.closes_at,
    Challenge.ballot,
    Challenge.moderation,
    Challenge.closes_on,
    Challenge.opens_on,
    Challenge.replies_by,
    Challenge.cancelled_at,
    Challenge.reply_team_en,
    Challenge.reply_team_cy,
)


@dataclass(frozen=True, slots=True)
class Filters(Narrowing):
    """What a list is narrowed to."""

    challenge_id: int | None = None
    topic: int | None = None
    ward: int | None = None
    stage: str | None = None

    @classmethod
    def of(
        cls, challenge_id: int | None, topic: int | None, ward: int | None, stage: str | None
    ) -> Self:
        """What readers may narrow to: a topic is a challenge's, and narrows nothing else."""
        return cls(challenge_id, None if challenge_id is None else topic, ward, stage)


FILTERS: dict[str, Any] = {
    "challenge_id": L.challenge_id,
    "topic": L.topic_id,
    "ward": L.ward_id,
    "stage": L.stage,
}


@dataclass(frozen=True, slots=True)
class Mine:
    """Columns about the reader's own answer, and the values that they need.

    ``detail``: those that a page of one idea shows besides.
    """

    columns: Columns
    values: Mapping[str, Any]
    detail: Columns = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What a feature above has to say of one idea: its columns, and the tables that have them.

    Each table is joined where there is a row of it: a pair of the table and the condition.
    """

    columns: Columns = ()
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, where it goes on (``None``: nowhere), and lively ideas beside them."""

    rows: list[AnyRow]
    after: str | None
    lively: list[AnyRow]


def number(ref: str) -> int:
    """``CV-1042`` → 1042; raises ``NotHere`` for what is no reference."""
    match = REFERENCE.fullmatch(ref)
    if match is None or int(match[1]) > LARGEST_NUMBER:
        raise NotHere
    return int(match[1])


def page(
    order: str,
    filters: Filters,
    *,
    after: str | None,
    offset: int,
    mine: Mine,
    lively: bool = False,
) -> Page:
    """One page of listed ideas, in one statement.

    With ``lively``, the three with the most answers of the newest fifty come beside them. Raises
    ``BadCursor`` and ``ordering.Reshuffled``.
    """
    place = ordering.place(order, after, offset)
    chosen = filters.chosen()
    statement = _page(order, place.shape, frozenset(chosen), mine.columns, lively)
    found = rows_of(
        statement, {**place.values, **chosen, **mine.values}, stays=chosen.keys() <= STEADY
    )
    listed, beside = _shelved(found) if lively else (found, [])
    rows = ordering.in_order(order, listed, offset)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, ordering.cursor(order, rows[-1], offset) if more else None, beside)


def _shelved(found: Sequence[AnyRow]) -> tuple[list[AnyRow], list[AnyRow]]:
    """The rows of the list, and the lively ones, the liveliest first."""
    lively = [row for row in found if row.shelf == "lively"]
    lively.sort(key=lambda row: (-(row.support + row.oppose + row.skip), row.id))
    return [row for row in found if row.shelf == "list"], lively


@cache
def _page(
    order: str, shape: ordering.Shape, filters: frozenset[str], mine: Columns, lively: bool
) -> Any:
    """The statement of a page of this kind. Built once: that takes longer than running it."""
    conditions = [
        column == bindparam(name, type_=column.type)
        for name, column in FILTERS.items()
        if name in filters
    ]
    wanted = ordering.keys(ordering.ranges(order, shape), conditions, PAGE + 1)
    listed = _joined(wanted, "list", mine, order)
    if not lively:
        return listed
    newest = ordering.keys(ordering.ranges(ordering.NEWEST, ordering.TOP), conditions, 50)
    latest = newest.subquery()
    top = (
        select(L.idea_id)
        .join(latest, latest.c.idea_id == L.idea_id)
        .order_by(ordering.total().desc(), L.idea_id.desc())
        .limit(LIVELY)
    )
    return union_all(listed, _joined(top, "lively", mine, order))


def _joined(keys: AnySelect, shelf: str, mine: Columns, order: str) -> AnySelect:
    wanted = keys.subquery()
    when = (L.published_at,) if order == ordering.NEWEST else ()
    return (
        select(*CARD, *when, *mine, literal(shelf).label("shelf"))
        .select_from(wanted)
        .join(L, L.idea_id == wanted.c.idea_id)
    )


NUMBER: Any = bindparam("number", type_=L.idea_id.type)


def shown(ref: str, mine: Mine, beside: Beside = NOTHING_BESIDE, which: Any = NUMBER) -> AnyRow:
    """An idea with everything that its page needs, hidden and held ones too; raises ``NotHere``.

    Who may see it is for ``policies.can_see``. ``which`` may be an expression for its number, made
    of ``NUMBER``, the number that the reference names.
    """
    values = {"number": number(ref), **mine.values}
    columns = (*mine.columns, *mine.detail)
    found = rows_of(_detail(columns, beside.columns, beside.joins, which), values)
    if not found:
        raise NotHere
    return found[0]


@cache
def _detail(mine: Columns, further: Columns, joins: tuple[Any, ...], which: Any) -> AnySelect:
    statement = (
        select(*_DETAIL, *mine, *further)
        .select_from(L)
        .join(Idea, Idea.id == L.idea_id)
        .join(IdeaVersion, IDEA_IN_FORCE)
        .join(Challenge, Challenge.id == L.challenge_id)
        .outerjoin(Person, Person.id == Idea.author_id)
        .outerjoin(_change, _change.c.id == _last_change)
        .where(L.idea_id == which, Challenge.published_at.is_not(None))
    )
    for table, condition in joins:
        statement = statement.outerjoin(table, condition)
    return statement
