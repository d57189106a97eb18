"""What staff do, each with the model's word on it; and time passes."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from citizen_voice.answers import voiding
from citizen_voice.challenges import services as challenges
from citizen_voice.comments import services as comments
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.services import moving, staging
from citizen_voice.merging import services as merging
from tests.merging.town import BEGIN, YEARS, Town, some

LATER = (timedelta(minutes=70), timedelta(days=15), timedelta(days=190))


class Staff(Town):
    """They decide on stages, hide, move, merge, void, close; and undo it."""

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
