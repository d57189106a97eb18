"""Ideas are joined while people answer them, comment, leave, or somebody else joins them."""

import threading
from collections.abc import Callable
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answers
from citizen_voice.answers import voiding
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import CommentThread
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.merging import services
from citizen_voice.merging.models import IdeaMerge
from tests.factories.challenges import challenge
from tests.factories.comments import comment, published
from tests.factories.comments import stored as stored_comment
from tests.factories.ideas import figures, idea, stored
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.meanwhile import meanwhile
from tests.merging.rows import differences
from tests.merging.saying import answered


def join(source: int, into: int) -> int:
    return services.merge(source, into, actor=None, reason="They say the same.")


def pair() -> tuple[int, int]:
    asked = challenge()
    return idea(asked), idea(asked)


def test_of_two_who_join_one_idea_with_two_others_one_wins(app: Flask) -> None:
    asked = challenge()
    source, into, other = (idea(asked) for _each in range(3))

    def second() -> None:
        with write():
            join(source, other)

    assert meanwhile(app, lambda: join(source, into), second) == {"other", "CannotJoin"}
    assert stored(source).stage == "merged"
    assert differences() == []


def test_two_ideas_are_not_joined_with_each_other(app: Flask) -> None:
    source, into = pair()

    def second() -> None:
        with write():
            join(into, source)

    assert meanwhile(app, lambda: join(source, into), second) == {"other", "CannotJoin"}
    assert (stored(source).stage, stored(into).stage) == ("merged", "open")


def test_an_answer_in_the_same_instant_moves_or_is_refused(app: Flask) -> None:
    (source, into), early, late = pair(), resident(), resident()

    def second() -> None:
        with write():
            join(source, into)

    def answer() -> None:
        answers.cast(early, source, "support")

    assert meanwhile(app, answer, second) == {"other", "done"}
    assert figures(into) == (1, 0, 0)
    with write():
        services.unmerge(merge_of(source), actor=None)

    def too_late() -> None:
        answers.answer(late, source, "support")

    assert meanwhile(app, lambda: join(source, into), too_late) == {"other", "NotAnswerable"}
    assert figures(into) == (1, 0, 0)
    assert differences() == []


def merge_of(source: int) -> int:
    newest = select(IdeaMerge.id).where(IdeaMerge.from_id == source).order_by(IdeaMerge.id.desc())
    return db.session.scalars(newest.limit(1)).one()


def test_an_answer_taken_back_in_the_same_instant_does_not_move(app: Flask) -> None:
    (source, into), person = pair(), resident()
    answers.answer(person, source, "support")

    def second() -> None:
        with write():
            join(source, into)

    def take_back() -> None:
        answers.cast(person, source, "none")

    assert meanwhile(app, take_back, second) == {"other", "done"}
    assert (figures(source), figures(into)) == ((0, 0, 0), (0, 0, 0))
    assert differences() == []


def test_who_leaves_in_the_same_instant_is_counted_nowhere(app: Flask) -> None:
    (source, into), early, late = pair(), resident(), resident()
    for person in (early, late):
        answers.answer(person, source, "support")

    def second() -> None:
        with write():
            join(source, into)

    def leave() -> None:
        accounts.leave(early, remove_words=False)

    assert meanwhile(app, leave, second) == {"other", "done"}
    assert figures(into) == (1, 0, 0)

    def leave_too() -> None:
        with write():
            accounts.leave(late, remove_words=False)

    def part() -> None:
        services.unmerge(merge_of(source), actor=None)

    assert meanwhile(app, part, leave_too) == {"other", "done"}
    assert (figures(source), figures(into)) == ((0, 0, 0), (0, 0, 0))
    assert differences() == []


def test_a_first_comment_in_the_same_instant_moves_or_is_refused(app: Flask) -> None:
    (source, into), person = pair(), resident()

    def say() -> None:
        comments.comment(person, source, body="Yes!", language="en")

    def second() -> None:
        with write():
            join(source, into)

    assert meanwhile(app, say, second) == {"other", "done"}
    assert (published(source), published(into)) == (0, 1)
    source, into = pair()

    def say_late() -> None:
        with write():
            comments.comment(person, source, body="Yes, indeed!", language="en")

    assert meanwhile(app, lambda: join(source, into), say_late) == {"other", "CommentsClosed"}
    assert (published(source), published(into)) == (0, 0)
    assert differences() == []


def test_a_reply_in_the_same_instant_follows_what_it_replies_to(app: Flask) -> None:
    (source, into), person = pair(), resident()
    top = comment(source)

    def reply() -> None:
        with write():
            comments.reply(person, top, body="So would I.", language="en")

    assert meanwhile(app, lambda: join(source, into), reply) == {"other", "done"}
    assert published(into) == 2
    thread = db.session.get_one(CommentThread, stored_comment(top).thread_id)
    assert thread.idea_id == into
    assert differences() == []


def test_an_idea_hidden_in_the_same_instant_is_not_joined(app: Flask) -> None:
    source, into = pair()

    def hide() -> None:
        ideas.hide(into, actor=None, reason="Names somebody")

    def second() -> None:
        with write():
            join(source, into)

    assert meanwhile(app, hide, second) == {"other", "CannotJoin"}
    assert stored(source).stage == "open"


def test_taken_apart_in_the_same_instant_there_is_nothing_to_take_out(app: Flask) -> None:
    (source, into), person = pair(), resident()
    answers.answer(person, source, "support")
    key = joined(source, into)

    def out() -> None:
        with write():
            services.not_mine(person, key)

    assert meanwhile(app, lambda: services.unmerge(key, actor=None), out) == {
        "other",
        "NothingToTakeOut",
    }
    assert (figures(source), figures(into)) == ((1, 0, 0), (0, 0, 0))
    assert answered(source, person) == "support"
    assert differences() == []


class Storm:
    """People who answer, change their minds and comment, each in a thread, until it is over."""

    def __init__(self, app: Flask) -> None:
        asked = challenge()
        self.app = app
        self.ideas = [idea(asked) for _each in range(4)]
        self.tops = [comment(number) for number in self.ideas]
        self.people = [resident() for _each in range(14)]
        self.failed: list[BaseException] = []
        self.over = threading.Event()

    def thread(self, act: Callable[..., object], *args: object) -> threading.Thread:
        def alone() -> None:
            try:
                with self.app.app_context():
                    act(*args)
            except BaseException as error:  # noqa: BLE001  # told by the thread that waits
                self.failed.append(error.__cause__ or error)

        return threading.Thread(target=alone)

    def take_part(self, person: UUID, seed: int) -> None:
        chance = Random(seed)
        while not self.over.is_set():
            number = chance.choice(self.ideas)
            value = chance.choice(("support", "support", "oppose", "skip", "none"))
            try:
                answers.answer(person, number, value)
                if chance.random() < 0.2:
                    self.say(person, chance)
            except Refusal as refusal:  # 503 would be: one is in the other's way
                assert refusal.status in (403, 404, 422), refusal.__cause__
            db.session.rollback()

    def say(self, person: UUID, chance: Random) -> None:
        words = f"Word {chance.random()}"
        with write():
            if chance.random() < 0.5:
                comments.comment(person, chance.choice(self.ideas), body=words, language="en")
            else:
                comments.reply(person, chance.choice(self.tops), body=words, language="en")

    def gather(self) -> None:
        chance = Random(7)
        merges: list[int] = []
        for _turn in range(14):
            try:
                with write():
                    if merges and chance.random() < 0.45:
                        services.unmerge(merges.pop(), actor=None)
                    else:
                        merges.append(join(*chance.sample(self.ideas, 2)))
            except services.CannotJoin:
                db.session.rollback()

    def void_and_leave(self) -> None:
        for person in self.people[:3]:
            with write():
                voiding.void(person, actor=None)
            with write():
                voiding.unvoid(person, actor=None)
        for person in self.people[3:5]:
            with write():
                accounts.leave(person, remove_words=False)


def test_in_a_storm_every_figure_is_what_the_rows_say(app: Flask) -> None:
    storm = Storm(app)
    crowd = [storm.thread(storm.take_part, person, n) for n, person in enumerate(storm.people)]
    staff = [storm.thread(storm.gather), storm.thread(storm.void_and_leave)]
    for thread in [*crowd, *staff]:
        thread.start()
    for thread in staff:
        thread.join()
    storm.over.set()
    for thread in crowd:
        thread.join()
    assert storm.failed == []
    assert differences() == []
