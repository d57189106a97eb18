"""How a class of data is gone through: which rows are over now, and what is done to some of them.

Everything is asked once more inside the transaction that acts, so that to do it twice, or from two
workers, or after a kill, does it once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, false, or_, select, tuple_, update

from citizen_voice.clock import LONDON
from citizen_voice.db import AnySelect, db
from citizen_voice.desk.models import Restriction
from citizen_voice.keeping import Setting
from citizen_voice.retention.models import RetentionHold

Keys = Sequence[tuple[Any, ...]]
BATCH = 200


@dataclass(frozen=True, slots=True)
class Due:
    """The moment that a run looks from, and how a rule holds then."""

    now: datetime
    setting: Setting

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.astimezone(LONDON).date()

    @property
    def before(self) -> datetime:
        """What began up to then is over."""
        return self.setting.period.before(self.now)

    @property
    def day(self) -> date:
        """What began up to that day is over."""
        return self.setting.period.day_before(self.today)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in a transaction: to which rows, and how many of them nobody could be told."""

    keys: Keys
    unreached: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Sweep:
    """Rows that a rule is about.

    ``over`` tells which of them are due. ``people`` and ``idea`` lead to what a hold is about, and
    ``waits`` tells what else keeps a row back as a hold does.
    ``act`` is given rows that are due and locked; without it they are deleted, or get ``values``.
    With ``alone`` each has a transaction of its own. ``warns``: nothing goes yet.
    """

    rule: str
    name: str
    title: Any
    key: tuple[Any, ...]
    over: Callable[[Due], ColumnElement[bool]]
    people: tuple[Any, ...] = ()
    idea: Any = None
    values: dict[str, Any] | None = None
    act: Callable[[Due, Keys], Done] | None = None
    waits: Callable[[], ColumnElement[bool]] | None = None
    alone: bool = False
    warns: bool = False

    @property
    def size(self) -> int:
        """How many are done in a transaction."""
        return 1 if self.alone else BATCH

    def due(self, due: Due) -> AnySelect:
        """The keys of what is to be done now, in their order."""
        return select(*self.key).where(self.over(due), ~self.held(due)).order_by(*self.key)

    def kept_back(self, due: Due) -> AnySelect:
        """The keys of what would be done, were it not for holds."""
        return select(*self.key).where(self.over(due), self.held(due))

    def page(self, due: Due, after: tuple[Any, ...] | None, size: int) -> Keys:
        """The next keys of what is to be done."""
        statement = self.due(due).limit(size)
        if after is not None:
            statement = statement.where(self._beyond(after))
        return [tuple(row) for row in db.session.execute(statement)]

    def do(self, due: Due, keys: Keys) -> Done:
        """Do it to those of these rows that are still due, inside the caller's transaction."""
        keys = self.take(due, keys)
        if not keys:
            return Done(())
        if self.act is not None:
            return self.act(due, keys)
        table = self.key[0].class_
        theirs = self.among(keys)
        if self.values is None:
            db.session.execute(delete(table).where(theirs), execution_options=_PLAIN)
        else:
            changed = update(table).where(theirs).values(**self.values)
            db.session.execute(changed, execution_options=_PLAIN)
        return Done(keys)

    def take(self, due: Due, keys: Keys) -> Keys:
        """Those of these rows that are still due, held; what somebody else holds waits."""
        table = self.key[0].class_
        still = self.due(due).where(self.among(keys))
        found = db.session.execute(still.with_for_update(skip_locked=True, of=table))
        return [tuple(row) for row in found]

    def among(self, keys: Keys) -> ColumnElement[bool]:
        """Whether a row is one of these."""
        if len(self.key) == 1:
            return self.key[0].in_([key[0] for key in keys])  # type: ignore[no-any-return]
        return tuple_(*self.key).in_(keys)

    def held(self, due: Due) -> ColumnElement[bool]:
        """Whether a hold is on what a row is about, or somebody's data is to stand still."""
        held: list[ColumnElement[bool]] = []
        about = [RetentionHold.person_id == column for column in self.people]
        if self.idea is not None:
            about.append(RetentionHold.idea_id == self.idea)
        if about:
            held.append(exists().where(lasting(due.today), or_(*about)))
        if self.people:
            stands_still = or_(Restriction.until.is_(None), Restriction.until > due.now)
            whose = or_(*(Restriction.person_id == column for column in self.people))
            held.append(exists().where(stands_still, whose))
        if self.waits is not None:
            held.append(self.waits())
        return or_(false(), *held)

    def _beyond(self, after: tuple[Any, ...]) -> ColumnElement[bool]:
        """Whether a row comes after another one: the first part is later, or the same and so on."""
        further = [
            and_(
                *(self.key[same] == after[same] for same in range(place)),
                self.key[place] > after[place],
            )
            for place in range(len(self.key))
        ]
        return or_(*further)


_PLAIN = {"synchronize_session": False}


def lasting(today: date) -> ColumnElement[bool]:
    """Which holds there are on a day: one lasts to the end of the day that it names."""
    return and_(
        RetentionHold.ended_at.is_(None),
        or_(RetentionHold.until.is_(None), RetentionHold.until >= today),
    )
