"""A town for acts in any order: what there is, and doing an act where the model allows it."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.merging.model import Place

BEGIN = datetime.now(UTC).replace(microsecond=0)
YEARS = timedelta(days=3_000)

some = st.integers(min_value=0, max_value=99)
"""Which of those there are, by its place, as often around as it takes."""


class Town(RuleBasedStateMachine):
    """Five ideas in three challenges, four people, and the model of them."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.place = Place()
        self.words = 0
        self.moves: list[tuple[int, dict[str, Any]]] = []
        asked = [
            challenge(
                opens=(BEGIN - timedelta(days=9)).date(),
                closes=(BEGIN + YEARS).date(),
                ballot=ballot,
            )
            for ballot in ("opinion", "opinion", "support")
        ]
        self.challenges = {made.id: made for made in asked}
        self.author = resident()
        self.people = [resident() for _each in range(4)]
        self.ideas = []
        for made in (asked[0], asked[0], asked[0], asked[1], asked[2]):
            number = idea(made, self.author)
            self.ideas.append(number)
            self.place.where[number], self.place.stage[number] = made.id, "open"
        for made in asked:
            self.place.ballot[made.id], self.place.open[made.id] = made.ballot, True

    @contextmanager
    def moment(self) -> Any:
        """An act takes a second, so that no two are of one moment."""
        self.now += timedelta(seconds=1)
        with clock.at(self.now):
            yield self.now

    def does(self, act: Callable[[], object], *, allowed: bool) -> Any:
        """Do it in one transaction; it is refused where the model says so, and then alone."""
        try:
            with write():
                done = act()
        except Refusal as refusal:
            assert not allowed, f"refused: {refusal}"
            db.session.rollback()
            return None
        assert allowed, "the model says that this is refused"
        return done

    def one(self, of: Any, which: int) -> Any:
        found = list(of)
        return found[which % len(found)]

    def new(self) -> str:
        """Words that nobody has said before."""
        self.words += 1
        return f"Word {self.words}"
