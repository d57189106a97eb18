"""Ideas by their words: the newest thousand that have them, ranked, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import prod
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)

from citizen_voice.db import AnyRow, AnySelect, dialect
from citizen_voice.db import rows as rows_of
from citizen_voice.ideas import ordering
from citizen_voice.ideas.indexing import INDEX, facet, number_facet
from citizen_voice.ideas.models import IDEA_IN_FORCE, Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.queries import lists
from citizen_voice.ideas.queries.lists import CARD, Filters, Mine
from citizen_voice.search import Query, Term, matching, parse
from citizen_voice.search.documents import ALL
from citizen_voice.search.index import holds
from citizen_voice.search.query import Counts, frequency
from citizen_voice.web import pagination

BEST = "best"
MOST = 1_000
"""How many matches are ranked: the newest. All of a common word's would take up to a second."""
FEWER = 400
"""The same where the words of whole texts are looked at, too."""
WORD, ANYWHERE = 1_000, 400
"""What a word counts in the title, less one for every letter of that; and anywhere."""
WALKED = 300
"""Fewer matches than the root of so many times all ideas are taken from the index, on PostgreSQL:
to walk from the newest idea until there are enough takes longer then."""
MARK = 9
"""Stands in the places of this order, so that another order's are not taken for one."""

L = IdeaListing


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and where it goes on (``None``: nowhere).

    ``matches`` is how many were found, ``MOST`` + 1 where there are more than are ranked. With
    ``some``, no idea has all the words, and these have some of them.
    """

    rows: list[AnyRow]
    after: str | None
    matches: int
    query: Query
    some: bool = False


def found(
    said: str, order: str, filters: Filters, *, after: str | None, offset: int, mine: Mine
) -> Found:
    """One page of the listed ideas that have the words that were said, or the number.

    In three statements: how rare the words are, the best numbers, and the ideas of these; and in
    one more where no idea has all the words. ``order`` is ``BEST`` or one of ``ordering``'s.
    Raises ``BadCursor`` and ``ordering.Reshuffled``.
    """
    facets = facets_of(filters)
    place = _place(order, after, offset)
    page = Page(order, place.shape, lists.PAGE + 1, mine, place.values, MOST + 1)
    number = lists.REFERENCE.fullmatch(said.strip())
    if number:
        one = page.read((), {}, matching.every((), [number_facet(number[1]), *facets]), expected=1)
        return _found(page, one, offset, parse(""))
    query = parse(said)
    if not query:
        return Found([], None, 0, query)
    query, counts = INDEX.counts(query, facets)
    match = matching.every(query.terms, facets)
    best = page.read(query.terms, counts, match, expected=together(query.terms, counts, facets))
    if best.rows or after is not None or len(query.terms) == 1:
        return _found(page, best, offset, query)
    known = sorted(
        (term for term in query.terms if frequency(term, counts)),
        key=lambda term: frequency(term, counts),
    )[:4]
    if not known:
        return _found(page, best, offset, query)
    match = matching.some([[term] for term in known], facets)
    page = replace(page, newest=FEWER)
    expected = sum(together([term], counts, facets) for term in known)
    rows = page.read(query.terms, counts, match, expected=expected, anywhere=True).rows
    return Found(rows[: lists.PAGE], None, len(rows[: lists.PAGE]), query, some=True)


def facets_of(filters: Filters) -> list[str]:
    """What a list is narrowed to, as the index has it."""
    return [facet(name, value) for name, value in filters.chosen().items()]


@dataclass(frozen=True, slots=True)
class Best:
    """The rows of a page, and of each number what it counts; how many there were to choose from."""

    rows: list[AnyRow]
    scores: Mapping[int, int]
    matches: int


@dataclass(frozen=True, slots=True)
class Page:
    """What kind of page is read: its order, where it begins, how many rows, for whom."""

    order: str
    shape: ordering.Shape
    rows: int
    mine: Mine
    values: Mapping[str, Any]
    newest: int

    def read(
        self,
        terms: Sequence[Term],
        counts: Counts,
        match: str,
        *,
        expected: int,
        anywhere: bool = False,
    ) -> Best:
        """The best of the newest matches, of which about ``expected`` are thought to be there.

        With ``anywhere``, bodies count for the rank, too.
        """
        kind = Kind(
            self.order,
            self.shape,
            self.rows,
            terms=len(terms),
            anywhere=anywhere,
            newest=self.newest,
            few=expected**2 <= WALKED * counts.get(ALL, 0),
            database=dialect(),
        )
        values: dict[str, Any] = {**self.values, "match": match}
        everything = max(counts.get(ALL, 0), 1)
        for at, term in enumerate(terms):
            values[f"in_{at}"], values[f"or_{at}"] = matching.in_title(term)
            rarity = everything // max(frequency(term, counts), 1)
            values[f"weight_{at}"] = max(rarity.bit_length(), 1)
            if anywhere:
                values |= matching.has(term, at)
        ranked = rows_of(_ranking(kind), values, stays=False) if match else []
        if not ranked:
            return Best([], {}, 0)
        scores = {row.id: row.score for row in ranked}
        chosen = {"ids": [*scores], **self.mine.values}
        rows = list(rows_of(_words(self.mine.columns), chosen))
        if self.order == BEST:
            rows.sort(key=lambda row: (-scores[row.id], -row.id))
        else:
            rows = ordering.in_order(self.order, rows, int(self.values.get("offset", 0)))
        return Best(rows, scores, ranked[0].matches)


def together(terms: Sequence[Term], counts: Counts, facets: Sequence[str] = ()) -> int:
    """In about how many documents terms and facets stand, if none has to do with another."""
    everything = max(counts.get(ALL, 0), 1)
    shares = [frequency(term, counts) for term in terms] + [counts.get(one, 0) for one in facets]
    return round(everything * prod(share / everything for share in shares))


def _found(page: Page, best: Best, offset: int, query: Query) -> Found:
    shown = best.rows[: page.rows - 1]
    after = None
    if len(best.scores) == page.rows and shown:
        last = shown[-1]
        if page.order == BEST:
            after = pagination.encode(MARK, best.scores[last.id], last.id)
        else:
            after = ordering.cursor(page.order, last, offset)
    return Found(shown, after, best.matches, query)


def _place(order: str, after: str | None, offset: int) -> ordering.Place:
    if order != BEST:
        return ordering.place(order, after, offset)
    if after is None:
        return ordering.Place(ordering.TOP, {})
    mark, score, number = pagination.decode(after, 3)
    if mark != MARK or abs(score) > ordering.LARGEST or not 0 <= number <= ordering.LARGEST:
        raise pagination.BadCursor
    return ordering.Place(ordering.AFTER, {"score": score, "id": number})


class Kind(NamedTuple):
    """What a statement depends on. ``few``: so few matches that to take them all is quicker."""

    order: str
    shape: ordering.Shape
    rows: int
    terms: int
    anywhere: bool
    newest: int
    few: bool
    database: str


@cache
def _ranking(kind: Kind) -> AnySelect:
    """The statement that ranks the newest matches: number, score, and how many matches there are.

    The index holds what lists show, so that only another order than its own needs the listing.
    """
    newest = INDEX.newest(kind.newest, kind.terms if kind.anywhere else 0, few=kind.few)
    score: ColumnElement[int] = literal(0)
    for at in range(kind.terms):
        title = newest.c.title
        one, other = bindparam(f"in_{at}", type_=Text), bindparam(f"or_{at}", type_=Text)
        in_title = or_(holds(title, one), holds(title, other))
        points: ColumnElement[int] = case((in_title, WORD - func.length(title)), else_=0)
        if kind.anywhere:
            points = points + case((newest.c[f"has_{at}"], ANYWHERE), else_=0)
        score = score + points * bindparam(f"weight_{at}", type_=Integer)
    scored = select(newest.c.rowid.label("id"), score.label("score")).subquery("scored")
    everything = select(func.count()).select_from(newest).scalar_subquery()
    ranked = select(scored.c.id, scored.c.score, everything.label("matches"))
    if kind.order != BEST:
        ranked = ranked.join(L, L.idea_id == scored.c.id).where(ordering.LISTED)
        if kind.database == "postgresql":  # which would read the whole listing to join so many
            keys = select(newest.c.rowid).scalar_subquery()
            ranked = ranked.where(L.idea_id == func.any(func.array(keys)))
    return (
        ranked.where(*_beyond(kind.order, kind.shape, scored))
        .order_by(*_direction(kind.order, scored))
        .limit(kind.rows)
    )


@cache
def _words(mine: lists.Columns) -> AnySelect:
    """The statement that reads what is shown of some ideas, as long as lists show them."""
    return (
        select(*CARD, L.published_at, *mine, IdeaVersion.body)
        .select_from(L)
        .join(Idea, Idea.id == L.idea_id)
        .join(IdeaVersion, IDEA_IN_FORCE)
        .where(L.idea_id.in_(bindparam("ids", expanding=True)), ordering.LISTED)
    )


def _beyond(order: str, shape: ordering.Shape, scored: Any) -> list[ColumnElement[bool]]:
    """What lies behind the place where the page begins."""
    if order != BEST:
        return [or_(*(stretch.where for stretch in ordering.ranges(order, shape)))]
    if shape == ordering.TOP:
        return []
    score = bindparam("score", type_=Integer)
    behind = scored.c.id < bindparam("id", type_=Integer)
    return [or_(scored.c.score < score, and_(scored.c.score == score, behind))]


def _direction(order: str, scored: Any) -> Sequence[Any]:
    if order == BEST:
        return (scored.c.score.desc(), scored.c.id.desc())
    if order == ordering.SUPPORTED:
        return (L.support.desc(), L.idea_id.desc())
    if order == ordering.NEWEST:
        return (L.published_at.desc(), L.idea_id.desc())
    begun = L.shuffle < bindparam("offset", type_=Integer)
    return (L.bucket, case((begun, 1), else_=0), L.shuffle, L.idea_id)
