"""Whatever residents and staff do in whatever order, figures are the rows, and the table holds."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.answers import voiding
from citizen_voice.answers.models import NAMES, Answer, VoidAnswer
from citizen_voice.challenges import services as challenges
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.ideas.queries import totals
from citizen_voice.ideas.services import moving, staging
from citizen_voice.merging import services as merging
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.merging.model import Place, Said
from tests.merging.rows import differences

BEGIN = datetime.now(UTC).replace(microsecond=0)
EXAMPLES, STEPS = 25, 25
LATER = (timedelta(minutes=70), timedelta(days=15), timedelta(days=190))
YEARS = timedelta(days=3_000)

some = st.integers(min_value=0, max_value=99)
"""Which of those there are, by its place, as often around as it takes."""


class Acts(RuleBasedStateMachine):
    """Five ideas in three challenges, four people: every act, and the model's word on it."""

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

    # Residents

    @initialize(chosen=st.lists(st.sampled_from(("support", "oppose", "skip", None)), max_size=20))
    def begin(self, chosen: list[str | None]) -> None:
        for place, value in enumerate(chosen):
            if value is not None:
                self.answer(place % 4, place // 4, value)

    @rule(who=some, which=some, value=st.sampled_from(("support", "oppose", "skip", "none")))
    def answer(self, who: int, which: int, value: str) -> None:
        person, number = self.one(self.people, who), self.one(self.ideas, which)
        with self.moment() as now:
            allowed = self.place.answer(person, number, value, now)
            self.does(lambda: answers.cast(person, number, value), allowed=allowed)

    @precondition(lambda self: self.place.live)
    @rule(which=some)
    def time_unknown(self, which: int) -> None:
        """As in an import."""
        number, person = key = self.one(self.place.live, which)
        self.place.live[key] = (self.place.live[key][0], None)
        mine = (Answer.idea_id == number, Answer.person_id == person)
        with write():
            db.session.execute(update(Answer).where(*mine).values(answered_at=None))

    @rule(who=some, which=some)
    def comment(self, who: int, which: int) -> None:
        person, number = self.one(self.people, who), self.one(self.ideas, which)
        allowed = self.place.talks(person, number)
        with self.moment():
            said = self.does(
                lambda: comments.comment(person, number, body=self.new(), language="en").id,
                allowed=allowed,
            )
        if said is not None:
            self.place.said[said] = Said(number, None)

    @precondition(lambda self: self.place.said)
    @rule(who=some, which=some)
    def reply(self, who: int, which: int) -> None:
        person, key = self.one(self.people, who), self.one(self.place.said, which)
        above = self.place.said[key]
        allowed = above.readable and self.place.talks(person, above.idea)
        with self.moment():
            said = self.does(
                lambda: comments.reply(person, key, body=self.new(), language="en").id,
                allowed=allowed,
            )
        if said is not None:
            self.place.said[said] = Said(above.idea, above.parent or key)

    def new(self) -> str:
        """Words that nobody has said before."""
        self.words += 1
        return f"Word {self.words}"

    @rule(which=some)
    def withdraw(self, which: int) -> None:
        number = self.one(self.ideas, which)
        with self.moment() as now:
            allowed = self.place.withdraw(number, now)
            self.does(
                lambda: ideas.withdraw(
                    number, self.author, why="elsewhere", words="", language="en"
                ),
                allowed=allowed,
            )

    @rule(which=some)
    def bring_back(self, which: int) -> None:
        number = self.one(self.ideas, which)
        with self.moment() as now:
            allowed = self.place.bring_back(number, now)
            self.does(lambda: ideas.bring_back(number, self.author), allowed=allowed)

    @rule(who=some, sure=st.integers(min_value=0, max_value=2))
    def leave(self, who: int, sure: int) -> None:
        person = self.one(self.people, who)
        if sure == 0 and person not in self.place.left:
            with self.moment():
                self.place.leave(person)
                self.does(lambda: accounts.leave(person, remove_words=False), allowed=True)

    @precondition(lambda self: self.place.merges)
    @rule(who=some, which=some)
    def not_mine(self, who: int, which: int) -> None:
        person, key = self.one(self.people, who), self.one(self.place.merges, which)
        with self.moment() as now:
            allowed = self.place.not_mine(person, key, now)
            self.does(lambda: merging.not_mine(person, key), allowed=allowed)

    # Staff

    @rule(which=some, stage=st.sampled_from(("shortlisted", "adopted", "open")))
    def stage(self, which: int, stage: str) -> None:
        number = self.one(self.ideas, which)
        act = {
            "shortlisted": staging.shortlist,
            "adopted": staging.adopt,
            "open": staging.reopen,
        }[stage]
        with self.moment():
            allowed = self.place.stages(number, stage)
            self.does(lambda: act(number, actor=None, reason="We looked."), allowed=allowed)

    @rule(which=some)
    def hide(self, which: int) -> None:
        number = self.one(self.ideas, which)
        with self.moment():
            self.does(lambda: ideas.hide(number, actor=None, reason="Names"), allowed=True)
        self.place.hidden.add(number)

    @precondition(lambda self: self.place.hidden)
    @rule(which=some)
    def publish(self, which: int) -> None:
        number = self.one(sorted(self.place.hidden), which)
        with self.moment():
            self.does(lambda: ideas.publish(number, actor=None), allowed=True)
        self.place.hidden.discard(number)

    @precondition(lambda self: self.place.said)
    @rule(which=some)
    def hide_comment(self, which: int) -> None:
        key = self.one(self.place.said, which)
        with self.moment():
            self.does(lambda: comments.hide(key, actor=None, reason="Names"), allowed=True)
        self.place.said[key].readable = False

    @rule(which=some, where=some)
    def move(self, which: int, where: int) -> None:
        number, target = self.one(self.ideas, which), self.one(self.challenges, where)
        with self.moment():
            allowed = self.place.move(number, target)
            before = self.does(
                lambda: moving.move(number, target, actor=None, reason="Belongs there"),
                allowed=allowed,
            )
        if before is not None:
            self.moves.append((number, before))

    @precondition(lambda self: self.moves)
    @rule()
    def move_back(self) -> None:
        number, before = self.moves.pop()
        with self.moment():
            self.does(lambda: moving.move_back(number, before, actor=None), allowed=True)
        self.place.where[number] = before["challenge"]

    @rule(which=some, other=some)
    def merge(self, which: int, other: int) -> None:
        source, into = self.one(self.ideas, which), self.one(self.ideas, other)
        with self.moment() as now:
            key = self.does(
                lambda: merging.merge(source, into, actor=None, reason="The same"),
                allowed=self.place.can_merge(source, into),
            )
            if key is not None:
                self.place.merge(key, source, into, now)

    @precondition(lambda self: self.place.merges)
    @rule(back=st.integers(min_value=0, max_value=2))
    def unmerge(self, back: int) -> None:
        key = self.one(sorted(self.place.merges, reverse=True), back)
        with self.moment() as now:
            allowed = self.place.can_unmerge(key, now)
            self.does(lambda: merging.unmerge(key, actor=None), allowed=allowed)
        if allowed:
            self.place.unmerge(key)

    @rule(who=some)
    def void(self, who: int) -> None:
        person = self.one(self.people, who)
        with self.moment():
            allowed = self.place.voided(person)
            self.does(lambda: voiding.void(person, actor=None), allowed=allowed)

    @rule(who=some)
    def unvoid(self, who: int) -> None:
        person = self.one(self.people, who)
        with self.moment():
            allowed = self.place.counted_again(person)
            self.does(lambda: voiding.unvoid(person, actor=None), allowed=allowed)

    @rule(which=some)
    def close_or_reopen(self, which: int) -> None:
        made = self.one(self.challenges.values(), which)
        still = self.place.open[made.id] = not self.place.open[made.id]
        day = BEGIN + YEARS if still else BEGIN - timedelta(days=1)
        with self.moment():
            self.does(lambda: challenges.reschedule(made.slug, closes_on=day.date()), allowed=True)

    @rule(by=st.sampled_from(LATER))
    def time_passes(self, by: timedelta) -> None:
        if self.now + by < BEGIN + YEARS - timedelta(days=9):
            self.now += by

    # What holds after each

    @invariant()
    def figures_are_the_rows(self) -> None:
        assert differences() == []

    @invariant()
    def the_table_holds(self) -> None:
        place = self.place
        for rows, kept in ((Answer, place.live), (VoidAnswer, place.void)):
            found = db.session.execute(
                select(rows.idea_id, rows.person_id, rows.value, rows.answered_at).where(
                    rows.idea_id.in_(self.ideas)
                )
            )
            assert {(row[0], row[1]): (NAMES[row[2]], row[3]) for row in found} == kept
        listed = {row.idea_id: row for row in db.session.scalars(self.of(IdeaListing.idea_id))}
        stages = dict(
            db.session.execute(select(Idea.id, Idea.stage).where(Idea.id.in_(self.ideas))).all()
        )
        threads = dict(
            db.session.execute(
                select(CommentThread.idea_id, CommentThread.published).where(
                    CommentThread.idea_id.in_(self.ideas)
                )
            ).all()
        )
        for number in self.ideas:
            row = listed[number]
            assert (row.support, row.oppose, row.skip) == place.figures(number)
            assert row.listed == place.listed(number)
            assert threads.get(number, 0) == place.comments(number)
        assert stages == place.stage
        for key in self.challenges:
            shown = totals(key)
            assert (shown.ideas, shown.support, shown.oppose, shown.skip) == place.totals(key)
        said = db.session.execute(
            select(Comment.id, CommentThread.idea_id, Comment.merged_from)
            .join(CommentThread, CommentThread.id == Comment.thread_id)
            .where(CommentThread.idea_id.in_(self.ideas))
        )
        assert {row[0]: (row[1], row[2]) for row in said} == {
            key: (each.idea, each.about) for key, each in place.said.items()
        }

    def of(self, column: Any) -> Any:
        return (
            select(IdeaListing)
            .where(column.in_(self.ideas))
            .execution_options(populate_existing=True)
        )


def test_any_sequence_of_acts_keeps_figures_equal_to_the_rows_and_every_line_of_the_table(
    app: Flask,
) -> None:
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),  # to shrink what fails takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
