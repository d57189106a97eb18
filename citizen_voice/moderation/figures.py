"""What moderation does, in public: a month a row, the newest first.

By kind it is told of months that are over, as they ended, so that no two looks differ by what one
person did; and by reason where nothing is hidden of what was done, since both count what was kept.
Totals are exact and of today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy import case as choose

from citizen_voice import clock
from citizen_voice.db import AnyRow, dialect, rows
from citizen_voice.kept import kept
from citizen_voice.moderation.models import (
    ACTS,
    KEEP,
    STANDS,
    UPHELD,
    Appeal,
    Case,
    Decision,
    Ground,
    Report,
)
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.small_cells import Shown, shown, withheld

MONTHS = 12
STEP = timedelta(minutes=15)
LONGEST = timedelta(days=60) // STEP
"""Waits are counted in steps; all that are longer than 60 days together."""

_grounds = select(Ground.id, Ground.name_en, Ground.name_cy).order_by(Ground.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """How often somebody asked that somebody else looks, and what came of it.

    ``outcomes`` are told once the month is over and nobody waits any more.
    """

    made: int
    outcomes: Shown[str]


@dataclass(frozen=True, slots=True)
class Month:
    """What moderation did in a month. ``grounds`` are of what was not kept."""

    first: date
    reports: Shown[str]
    decisions: int
    acts: Shown[str]
    grounds: Shown[int]
    median: timedelta | None
    in_time: int | None
    """Percent of what was decided that was decided within its target."""
    asked: Asked

    @property
    def empty(self) -> bool:
        """Whether nothing happened at all."""
        return not (self.decisions or self.asked.made or self.reports.total)


@dataclass(frozen=True, slots=True)
class Figures:
    """The last twelve months, and all grounds: key → row."""

    months: Sequence[Month]
    grounds: Mapping[int, AnyRow]


def figures() -> Figures:
    """The figures as they are now: five statements, then kept until anything is committed."""
    return _figures(clock.today().replace(day=1))


@kept
def _figures(this_month: date) -> Figures:
    firsts = _firsts(this_month)
    reports = _counted(Report.made_at, firsts, Report.category)
    standing = Decision.undone_at.is_(None)
    grounds = {row.id: row for row in rows(_grounds)}
    decided: dict[int, Counter[tuple[str, int | None]]] = defaultdict(Counter)
    now: Counter[int] = Counter()
    for row in _decided(firsts, standing):
        decided[row.month][row.act, row.ground_id] += row.ended
        now[row.month] += row.number
    waits = _waits(firsts, standing)
    asked = _counted(Appeal.made_at, firsts, Appeal.outcome)
    months = []
    for month, first in enumerate(firsts):
        over = month > 0
        acts, by_ground = _by_kind(decided[month], grounds)
        seen = shown(acts) if over else withheld(acts)
        by_category = {key: reports[month][key] for key in CATEGORIES}
        months.append(
            Month(
                first=first,
                reports=shown(by_category) if over else withheld(by_category),
                decisions=now[month],
                acts=seen,
                grounds=shown(by_ground) if over and seen.whole else withheld(by_ground),
                median=_median(waits[month]),
                in_time=_in_time(waits[month]),
                asked=_asked(asked[month], over=over),
            )
        )
    return Figures(tuple(months), grounds)


def _by_kind(
    decided: Mapping[tuple[str, int | None], int], grounds: Iterable[int]
) -> tuple[dict[str, int], dict[int, int]]:
    """What was done, and on which grounds: all kinds that there are, whether they came up or not.

    Otherwise a name in the list would tell that there was one.
    """
    acts, by_ground = dict.fromkeys(ACTS, 0), dict.fromkeys(grounds, 0)
    for (act, ground), number in decided.items():
        acts[act] += number
        if ground in by_ground and act != KEEP:
            by_ground[ground] += number
    return acts, by_ground


def _asked(found: Mapping[str | None, int], *, over: bool) -> Asked:
    outcomes = {UPHELD: found[UPHELD], STANDS: found[STANDS]}
    made = sum(found.values())
    final = over and made == sum(outcomes.values())
    return Asked(made, shown(outcomes) if final else withheld(outcomes))


def _firsts(this_month: date) -> list[date]:
    """The first days of twelve months, the newest first."""
    found = [this_month]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _month(moment: Any, firsts: Sequence[date]) -> ColumnElement[int]:
    """Which of the months a moment is in, as its place: London's months, not the database's."""
    arms = [
        (moment >= clock.start_of(first), literal(place, Integer))
        for place, first in enumerate(firsts)
    ]
    return choose(*arms).label("month")


def _counted(moment: Any, firsts: Sequence[date], kind: Any) -> dict[int, Counter[Any]]:
    month = _month(moment, firsts)
    found = rows(
        select(month, kind.label("kind"), func.count().label("number"))
        .where(moment >= clock.start_of(firsts[-1]))
        .group_by(month, kind)
    )
    counts: dict[int, Counter[Any]] = defaultdict(Counter)
    for row in found:
        counts[row.month][row.kind] = row.number
    return counts


def _decided(firsts: Sequence[date], standing: ColumnElement[bool]) -> Sequence[AnyRow]:
    """By month, act and ground: ``number`` that stand today, ``ended`` that did as it ended."""
    month = _month(Decision.decided_at, firsts)
    what = (Decision.act, Decision.ground_id)
    ends = [clock.start_of(each) for each in firsts[:-1]]
    later = [and_(Decision.decided_at < end, Decision.undone_at >= end) for end in ends]
    ended = or_(standing, *later)
    return rows(
        select(
            month,
            *what,
            func.sum(choose((standing, 1), else_=0)).label("number"),
            func.sum(choose((ended, 1), else_=0)).label("ended"),
        )
        .where(Decision.decided_at >= clock.start_of(firsts[-1]))
        .group_by(month, *what)
    )


def _waits(
    firsts: Sequence[date], standing: ColumnElement[bool]
) -> dict[int, list[tuple[int, bool, int]]]:
    """Of each month: how many waited so many steps, and whether that was within the target."""
    month = _month(Decision.decided_at, firsts)
    steps = _steps(Decision.decided_at, Case.opened_at)
    waited = choose((steps > LONGEST, LONGEST), else_=steps).label("waited")
    late = choose((Decision.decided_at > Case.due_at, 1), else_=0).label("late")
    found = rows(
        select(month, waited, late, func.count().label("number"))
        .join(Case, Case.id == Decision.case_id)
        .where(Decision.decided_at >= clock.start_of(firsts[-1]), standing)
        .group_by(month, waited, late)
    )
    waits: dict[int, list[tuple[int, bool, int]]] = defaultdict(list)
    for row in found:
        waits[row.month].append((row.waited, not row.late, row.number))
    return waits


def _steps(later: Any, earlier: Any) -> ColumnElement[int]:
    """How many whole steps lie between two moments."""
    seconds = int(STEP.total_seconds())
    if dialect() == "sqlite":
        apart = type_coerce(later, BigInteger) - type_coerce(earlier, BigInteger)
        return cast(apart / (seconds * 1_000_000), Integer)
    return cast(func.floor(func.extract("epoch", later - earlier) / seconds), Integer)


def _median(waits: Sequence[tuple[int, bool, int]]) -> timedelta | None:
    """The middle of the waits: half were at most so long."""
    together = sum(number for _steps, _in_time, number in waits)
    before = 0
    for steps, _in_time, number in sorted(waits):
        before += number
        if 2 * before >= together:
            return steps * STEP
    return None


def _in_time(waits: Sequence[tuple[int, bool, int]]) -> int | None:
    together = sum(number for _steps, _in_time, number in waits)
    if not together:
        return None
    return 100 * sum(number for _steps, in_time, number in waits if in_time) // together
