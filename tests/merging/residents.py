"""What residents do, each with the model's word on it."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import update

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.answers.models import Answer
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.merging import services as merging
from tests.merging.model import Said
from tests.merging.town import Town, some


class Residents(Town):
    """They answer, comment, take back, leave, and say that a merge was not what they meant."""

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
