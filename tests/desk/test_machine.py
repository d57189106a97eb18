"""Whatever is done to a request in whatever order, the clock says what another count says."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from citizen_voice import bank_holidays, clock
from citizen_voice.bank_holidays import ENGLAND_AND_WALES
from citizen_voice.db import write
from citizen_voice.desk import queries, services
from citizen_voice.desk.models import COMPLAINT, GRANTED, LETTER
from citizen_voice.errors import Refusal
from tests.desk.test_clock import independent
from tests.factories.desk import draft, entered, officer, stored

DAY = timedelta(days=1)
FREE = set(bank_holidays.of(ENGLAND_AND_WALES).days)


class Desk(RuleBasedStateMachine):
    """A request and the days that pass; what is known of it in plain words beside."""

    officer: UUID
    kind = "access"

    def __init__(self) -> None:
        super().__init__()
        self.today = self.received = self.start = date(2026, 1, 29)
        self.waits_for_who = self.extended = self.closed = False
        self.known_now = True
        self.question: date | None = None
        self.stood: set[date] = set()
        with self.now():
            self.number = entered(
                self.kind, actor=self.officer, received_on=self.received, channel=LETTER
            )

    def now(self) -> Any:
        return clock.at(clock.moment(self.today, time(12)))

    def due(self) -> date | None:
        """Counted day by day: months first, then a day more for each on which it stood."""
        if self.waits_for_who or (self.question is not None and self.kind == "access"):
            return None
        day = self._months()
        if self.kind == "access":
            day += len(self.stood) * DAY
        while day.isoweekday() in (6, 7) or day in FREE:
            day += DAY
        return day

    def _months(self) -> date:
        return independent(self.start, 3 if self.extended else 1, set(), roll=False)

    def does(self, act: Callable[[], object], *, allowed: bool) -> bool:
        try:
            with self.now(), write():
                act()
        except Refusal:
            assert not allowed
            return False
        assert allowed
        return True

    @rule(days=st.integers(min_value=1, max_value=16))
    def time_passes(self, days: int) -> None:
        self.today += days * DAY

    @rule()
    @precondition(lambda self: not self.stood and self.question is None and self.known_now)
    def who_is_asked(self) -> None:
        ask = lambda: services.ask_identity(self.number, actor=self.officer)  # noqa: E731
        never = self.start == self.received and not self.waits_for_who
        if self.does(ask, allowed=not self.closed and never):
            self.waits_for_who = True
            self.known_now = False

    @rule()
    def who_is_shown(self) -> None:
        act = lambda: services.identity_given(self.number, actor=self.officer)  # noqa: E731
        if self.does(act, allowed=not self.closed and self.waits_for_who):
            self.waits_for_who, self.start = False, self.today

    @rule()
    @precondition(lambda self: not self.waits_for_who and not self.is_late())
    def something_is_asked(self) -> None:
        act = lambda: services.ask_clarification(self.number, actor=self.officer)  # noqa: E731
        if self.does(act, allowed=not self.closed and self.question is None):
            self.question = self.today

    @rule()
    def it_is_answered(self) -> None:
        act = lambda: services.clarified(self.number, actor=self.officer)  # noqa: E731
        asked = self.question
        if self.does(act, allowed=not self.closed and asked is not None) and asked is not None:
            days = range((self.today - asked).days + 1)
            self.stood |= {asked + number * DAY for number in days}
            self.question = None

    @rule()
    @precondition(lambda self: self.question is None)
    def more_time_is_taken(self) -> None:
        stood = len(self.stood) if self.kind == "access" else 0
        in_time = self.today <= self._months() + stood * DAY
        fits = not (self.closed or self.extended or self.waits_for_who) and in_time
        act = lambda: services.extend(self.number, actor=self.officer)  # noqa: E731
        if self.does(act, allowed=fits and self.kind != COMPLAINT):
            self.extended = True

    @rule()
    def it_is_closed(self) -> None:
        reasons = "We looked." if self.kind == COMPLAINT else ""
        act = lambda: services.decide(  # noqa: E731
            self.number, GRANTED, reasons, draft(), actor=self.officer
        )
        who = self.kind == COMPLAINT or not self.waits_for_who
        if self.does(act, allowed=not self.closed and who):
            self.closed = True

    @rule()
    def it_is_opened_again(self) -> None:
        act = lambda: services.reopen(self.number, "New.", actor=self.officer)  # noqa: E731
        if self.does(act, allowed=self.closed):
            self.closed = False

    def is_late(self) -> bool:
        due = self.due()
        return due is not None and self.today > due

    @invariant()
    def the_day_is_the_one_that_another_count_finds(self) -> None:
        row = stored(self.number)
        assert (row.due_on, row.closed_at is not None) == (self.due(), self.closed)
        assert (row.outcome is None) == (not self.closed)
        steps = queries.events_of(self.number)
        assert [step.id for step in steps] == sorted(step.id for step in steps)
        assert sum(step.act == "closed" for step in steps) - sum(
            step.act == "reopened" for step in steps
        ) == int(self.closed)


def test_whatever_is_done_in_whatever_order_the_clock_agrees(app: Flask) -> None:
    actor = officer()
    quick = settings(
        max_examples=5,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    for kind in ("access", "rectification", COMPLAINT):
        machine = type("Desk", (Desk,), {"officer": actor, "kind": kind})
        run_state_machine_as_test(machine, settings=quick)
