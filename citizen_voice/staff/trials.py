"""Trials that wait for somebody, as *Today* shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from citizen_voice.pilots import policies
from citizen_voice.pilots.models import EVALUATING
from citizen_voice.pilots.names import DECISION_NAMES
from citizen_voice.pilots.queries import desk
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.team.models import PILOT_OWNER
from citizen_voice.web.filters import long_date, say
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class TrialDue:
    """A trial that waits for somebody: what for, where that is done, and its clock."""

    ref: str
    title: Any
    why: str
    endpoint: str
    clock: str
    late: bool

    @classmethod
    def of(
        cls, row: Any, why: object, screen: str, clock: object = "", *, late: bool = False
    ) -> "TrialDue":
        """What one trial waits for, done on one of its screens."""
        title = say(row, "title")
        return cls(pilot_ref(row.id), title, str(why), f"pilots_staff.{screen}", str(clock), late)


def due(me: UUID, roles: frozenset[str], today: date) -> Iterator[TrialDue]:
    """What waits of trials that this person can do, by the days; nothing is read for others."""
    if roles.isdisjoint(policies.CONFIRMERS):
        return
    for row in desk.due(me, today):
        if row.decision_id is not None:
            yield from _to_confirm(row, me, roles)
            continue
        if row.owner_id is None and not roles.isdisjoint(policies.ASSIGNERS):
            yield TrialDue.of(row, _("It needs a new owner"), "people", late=True)
        if row.mine and PILOT_OWNER in roles:
            yield from _of_mine(row, today)


def _to_confirm(row: Any, me: UUID, roles: frozenset[str]) -> Iterator[TrialDue]:
    if policies.may_confirm(row.declared_by, me, roles):
        name = DECISION_NAMES[row.decision]
        words = _("A decision waits for you to confirm: %(decision)s", decision=name)
        declared = _("Declared %(date)s", date=long_date(row.declared_at))
        yield TrialDue.of(row, words, "decision", declared)


def _of_mine(row: Any, today: date) -> Iterator[TrialDue]:
    if row.sent_back_why is not None:
        yield TrialDue.of(row, _("The decision was sent back"), "decide")
    if row.stage != EVALUATING and row.ends_on < today:
        ended = _("Ended %(day)s", day=long_date(row.ends_on))
        words = _("It has ended: look at what it shows, and decide")
        yield TrialDue.of(row, words, "detail", ended)
    elif row.next_on is None:
        yield TrialDue.of(row, _("No day promised yet: say how it is going"), "detail")
    elif row.next_on < today:
        was = _("Was due %(date)s", date=long_date(row.next_on))
        yield TrialDue.of(row, _("The next word is owed"), "detail", was, late=True)
    elif row.next_on <= today + desk.SOON:
        soon = _("Due %(date)s", date=long_date(row.next_on))
        yield TrialDue.of(row, _("The next word is owed"), "detail", soon)
