"""Many at once: exact figures, one thread, one comment, in the order of time."""

import threading
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, update

from citizen_voice import clock
from citizen_voice.comments import queries, recount, services
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.comments.services.writing import key_of
from citizen_voice.db import db, write
from tests.comments.saying import said
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.retention import swept
from tests.meanwhile import meanwhile


def test_first_comments_at_once_make_one_thread_and_an_exact_figure(app: Flask) -> None:
    number = idea()
    people = [resident() for _each in range(12)]
    failed: list[BaseException] = []

    def say(person: UUID) -> None:
        try:
            with app.app_context():
                top = comment(number, person, body="At once.")
                reply(top, person, body="And again.")
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits
            failed.append(error)

    run([threading.Thread(target=say, args=(person,)) for person in people])
    assert failed == []
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(CommentThread)).scalar_one() == 1
    assert published(number) == 24
    assert recount.differences() == []


def test_sent_twenty_times_at_once_it_is_one_comment(app: Flask) -> None:
    author, number = resident(), idea()

    def say() -> None:
        with app.app_context():
            comment(number, author, body="Once.")

    run([threading.Thread(target=say) for _time in range(20)])
    assert said() == published(number) == 1


def test_replies_while_the_comment_goes_and_comes_leave_exact_figures(app: Flask) -> None:
    author, number = resident(), idea()
    top = comment(number, author)
    people = [resident() for _each in range(6)]

    def waver() -> None:
        with app.app_context():
            for _time in range(6):
                with write():
                    services.remove(top, author)
                with write():
                    services.restore(top, author)

    def answer(person: UUID) -> None:
        with app.app_context():
            for each in range(4):
                try:
                    key = reply(top, person, body=f"Reply {each}")
                    if each % 2:
                        with write():
                            services.remove(key, person)
                except services.CommentsClosed:
                    pass

    run(
        [threading.Thread(target=waver)]
        + [threading.Thread(target=answer, args=(p,)) for p in people]
    )
    db.session.rollback()
    assert recount.differences() == []


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_keys_are_the_order_of_time(app: Flask) -> None:
    now = clock.now()
    moments = [now + timedelta(microseconds=number * 37) for number in range(200)]
    keys = [key_of(moment) for moment in moments]
    assert keys == sorted(keys)
    assert all(key.version == 7 and key.variant == "specified in RFC 4122" for key in keys)
    number = idea()
    with clock.at(now - timedelta(days=3)):
        older = comment(number)
    assert [row.id for row in queries.discussion(number, reader=None).tops] == [older]
    with clock.at(now - timedelta(days=5)):
        oldest = comment(number)
    assert [row.id for row in queries.discussion(number, reader=None).tops] == [older, oldest]


def test_who_puts_it_back_while_its_words_are_being_deleted_is_told_so(app: Flask) -> None:
    author, number = resident(), idea()
    top = comment(number, author)
    with write():
        services.remove(top, author)
    removed = stored(top).removed_at
    assert removed is not None
    hour = removed + timedelta(hours=1)

    def tidy() -> None:
        with clock.at(hour):
            assert swept("removed-comments") == 1

    def restore() -> None:
        with clock.at(hour - timedelta(milliseconds=1)), write():
            services.restore(top, author)

    assert meanwhile(app, tidy, restore) == {"other", "Refusal"}
    assert stored(top).erased
    assert recount.differences() == []


def test_what_is_being_put_back_is_not_deleted(app: Flask) -> None:
    author, number = resident(), idea()
    top = comment(number, author, body="Kept.")
    with write():
        services.remove(top, author)
    removed = stored(top).removed_at
    assert removed is not None
    hour = removed + timedelta(hours=1)

    def restore() -> None:
        with clock.at(hour - timedelta(milliseconds=1)):
            services.restore(top, author)

    def tidy() -> None:
        with clock.at(hour), write():
            assert swept("removed-comments") == 0

    assert meanwhile(app, restore, tidy) == {"other", "done"}
    assert not stored(top).erased
    assert published(number) == 1


def test_what_is_said_while_figures_are_mended_is_counted(app: Flask) -> None:
    number = idea()
    top, author = comment(number), resident()
    with write():
        db.session.execute(update(CommentThread).values(published=7))
        db.session.execute(update(Comment).values(replies=5))

    def say() -> None:
        services.reply(author, top, body="Meanwhile.", language="en")

    def mend() -> None:
        assert recount.fix() == 1

    assert meanwhile(app, say, mend) == {"other", "done"}
    assert recount.differences() == []
    assert (published(number), stored(top).replies) == (2, 1)
