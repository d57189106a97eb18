"""Somebody leaves while others act on the same things: nobody waits for each other for ever."""

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError, Event, Thread, current_thread
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as commenting
from citizen_voice.db import db, write
from tests.factories.ideas import idea, stored
from tests.factories.people import resident


def at_once(app: Flask, **acts: Callable[[], Any]) -> list[Exception]:
    """Do acts at the same time, each in a thread of its name; gives what went wrong."""
    wrong: list[Exception] = []

    def do(act: Callable[[], Any]) -> None:
        with app.app_context():
            try:
                with write():
                    act()
            except Exception as error:  # noqa: BLE001  # told by the test
                wrong.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=do, args=(act,), name=name) for name, act in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_a_moderator_hides_a_comment_while_its_author_leaves(app: Flask) -> None:
    author = resident()
    own, other = idea(author=author), idea()
    with write():
        said = commenting.comment(author, other, body="Ring Sam.", language="en").id
    hides = Event()

    def pause(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        who = current_thread().name
        if who == "hides" and "advisory_xact_lock" in statement:
            hides.set()
        elif who == "leaves" and "comment_threads" in statement and "FOR UPDATE" in statement:
            hides.wait(5)

    event.listen(db.engine, "before_cursor_execute", pause)
    wrong = at_once(
        app,
        leaves=lambda: accounts.leave(author, remove_words=True),
        hides=lambda: commenting.hide(said, actor=None, reason="A number"),
    )
    event.remove(db.engine, "before_cursor_execute", pause)
    assert wrong == []
    assert stored(own).stage == "withdrawn"


def test_two_leave_who_answered_the_ideas_of_each_other(app: Flask) -> None:
    one, other = resident(), resident()
    ideas = {one: idea(author=one), other: idea(author=other)}
    with write():
        answering.cast(one, ideas[other], "support")
        answering.cast(other, ideas[one], "support")
    both = Barrier(2)

    def pause(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FROM ideas" in statement and "FOR UPDATE" in statement:
            try:
                both.wait(1)
            except BrokenBarrierError:
                return

    def leave(person: UUID) -> Callable[[], None]:
        def act() -> None:
            accounts.leave(person, remove_words=True)

        return act

    event.listen(db.engine, "after_cursor_execute", pause)
    wrong = at_once(app, one=leave(one), other=leave(other))
    event.remove(db.engine, "after_cursor_execute", pause)
    assert wrong == []
    assert {stored(number).stage for number in ideas.values()} == {"withdrawn"}
